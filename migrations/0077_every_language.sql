-- The service speaks more languages than the two of its certificates; answers follow the reader's.
alter table correction_request drop constraint correction_request_language_check;
