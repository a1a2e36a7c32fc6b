// Goes on by itself; without script the button on the page does the same.
document.querySelector('form').submit();
