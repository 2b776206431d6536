import { element } from './elements.js';

const THEMES = ['system', 'light', 'dark'] as const;
const KEY = 'nx-gopher-theme';

/** The switch between light and dark. The choice is kept where the browser lets pages of files keep something. */
export function themeSwitch(): HTMLElement {
  const chosen = kept();
  apply(chosen);
  const options = THEMES.map((theme) => {
    const input = element('input', { type: 'radio', name: 'theme', value: theme, checked: theme === chosen });
    input.addEventListener('change', () => {
      apply(theme);
      keep(theme);
    });
    return element('label', {}, input, theme);
  });
  return element('fieldset', { class: 'theme' }, element('legend', {}, 'Colours'), ...options);
}

function apply(theme: string): void {
  document.documentElement.dataset['theme'] = theme;
}

function kept(): string {
  try {
    const theme = localStorage.getItem(KEY);
    return THEMES.find((one) => one === theme) ?? 'system';
  } catch {
    return 'system';
  }
}

function keep(theme: string): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // The page works without.
  }
}
