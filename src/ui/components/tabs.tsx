import type { ComponentChildren } from 'preact';

export type Tab = { readonly id: string; readonly title: string; readonly content: ComponentChildren };

/**
 * One of several things at a time, without script: radio buttons that look like tabs. On paper all of them are shown,
 * each under its title.
 */
export const Tabs = ({ name, legend, tabs }: { name: string; legend: string; tabs: readonly Tab[] }) => (
  <fieldset class="tabs">
    <legend>{legend}</legend>
    {tabs.map(({ id, title, content }, index) => [
      <input
        key={`${id}-input`}
        class="tabs__choice visually-hidden"
        type="radio"
        name={name}
        id={`${name}-${id}`}
        checked={index === 0}
      />,
      <label key={`${id}-label`} class="tabs__title" for={`${name}-${id}`}>
        {title}
      </label>,
      <div key={`${id}-panel`} class="tabs__panel">
        <p class="tabs__printed-title">{title}</p>
        {content}
      </div>,
    ])}
  </fieldset>
);
