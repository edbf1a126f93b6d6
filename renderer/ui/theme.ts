import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

// One deep blue for action; 7 is the filled button on white (7.6:1 with white text), 5 on dark.
const action: MantineColorsTuple = [
  '#edf3fc', '#d9e5f7', '#b1caee', '#86ade5', '#6296dd', '#2f6fc9', '#1f5cb3', '#134a99', '#0d3d84', '#082f6b',
]; // prettier-ignore
const danger: MantineColorsTuple = [
  '#fdeeed', '#f9d9d7', '#f1b0ac', '#e9847e', '#e25f57', '#d23a32', '#bf2a23', '#a81d18', '#931813', '#7c100d',
]; // prettier-ignore
const soon: MantineColorsTuple = [
  '#fdf4e3', '#f8e6c5', '#f0cd8f', '#e8b455', '#d99a2b', '#b87a0f', '#9a6200', '#835200', '#6f4500', '#5c3800',
]; // prettier-ignore
const proven: MantineColorsTuple = [
  '#e9f6ee', '#d2eadb', '#a4d5b6', '#74bf90', '#4dad71', '#2b8a50', '#1d7642', '#146336', '#0f522c', '#094122',
]; // prettier-ignore
// Cool greys with a breath of blue; the dark set runs from text to ground as Mantine expects.
const dark: MantineColorsTuple = [
  '#e4e8ee', '#c3cad5', '#a4adbb', '#7d8796', '#3d4654', '#2c3440', '#212832', '#171c24', '#11161d', '#0c1016',
]; // prettier-ignore
const gray: MantineColorsTuple = [
  '#f7f8fa', '#f0f2f5', '#e3e7ec', '#d3d9e1', '#b6bfca', '#8f99a7', '#667180', '#4d5765', '#333c48', '#1b222c',
]; // prettier-ignore

/** The one theme: Be Vietnam Pro, 14 px base, small radii, no shadows where a hairline will do. */
export const theme = createTheme({
  fontFamily: "'Be Vietnam Pro', 'Segoe UI', 'Noto Sans', sans-serif",
  fontFamilyMonospace: "'Cascadia Mono', Consolas, 'DejaVu Sans Mono', monospace",
  headings: { fontFamily: "'Be Vietnam Pro', 'Segoe UI', 'Noto Sans', sans-serif", fontWeight: '600' },
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.5', xl: '1.5' },
  defaultRadius: 'sm',
  radius: { xs: '0.125rem', sm: '0.25rem', md: '0.375rem', lg: '0.5rem', xl: '0.75rem' },
  colors: { action, danger, soon, proven, dark, gray },
  primaryColor: 'action',
  primaryShade: { light: 7, dark: 5 },
  autoContrast: true,
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', checkIconPosition: 'right' } },
    Modal: {
      defaultProps: {
        centered: true,
        // At once: the letters typed behind the key that opened it are meant for it, not for the page below.
        transitionProps: { duration: 0 },
        overlayProps: { backgroundOpacity: 0.35 },
      },
    },
    Menu: {
      defaultProps: { transitionProps: { duration: 80 }, shadow: 'md', withInitialFocusPlaceholder: false },
    },
    Tooltip: {
      defaultProps: {
        transitionProps: { duration: 80 },
        openDelay: 350,
        multiline: true,
        maw: '22rem',
        events: { hover: true, focus: true, touch: false },
      },
    },
    Popover: { defaultProps: { transitionProps: { duration: 80 } } },
  },
});

/** Names for what colours mean, the same in light and dark; components use only these. */
export const meanings: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--ground': '#ffffff',
    '--ground-rail': '#f3f5f8',
    '--ground-desk': '#e9ecf1',
    '--ground-hover': '#f3f6fa',
    '--ground-active': '#e3edfb',
    '--ground-chosen': '#eef4fd',
    '--hairline': '#dde2e9',
    '--hairline-strong': '#8a94a3',
    '--text': '#1b222c',
    '--text-dim': '#566070',
    '--text-action': '#134a99',
    '--text-danger': '#a81d18',
    '--text-soon': '#835200',
    '--text-proven': '#146336',
    '--mark-danger': '#a81d18',
    '--tint-danger': '#fdeeed',
    '--tint-soon': '#fdf4e3',
    '--tint-proven': '#e9f6ee',
    '--mantine-color-text': '#1b222c',
    '--mantine-color-dimmed': '#566070',
    '--mantine-color-placeholder': '#667180',
    '--mantine-color-error': '#a81d18',
    '--mantine-color-default-border': '#b6bfca',
  },
  dark: {
    '--ground': '#171c24',
    '--ground-rail': '#11161d',
    '--ground-desk': '#0c1016',
    '--ground-hover': '#1d232d',
    '--ground-active': '#1f3455',
    '--ground-chosen': '#1a2940',
    '--hairline': '#2c3440',
    '--hairline-strong': '#7d8796',
    '--text': '#e4e8ee',
    '--text-dim': '#a4adbb',
    '--text-action': '#8fbbf5',
    '--text-danger': '#ff9a92',
    '--text-soon': '#f0bd62',
    '--text-proven': '#7ed3a0',
    '--mark-danger': '#d23a32',
    '--tint-danger': '#3a1f20',
    '--tint-soon': '#352a14',
    '--tint-proven': '#16301f',
    '--mantine-color-body': '#171c24',
    '--mantine-color-text': '#e4e8ee',
    '--mantine-color-dimmed': '#a4adbb',
    '--mantine-color-placeholder': '#8d97a6',
    '--mantine-color-error': '#ff9a92',
    '--mantine-color-default-border': '#3d4654',
  },
});
