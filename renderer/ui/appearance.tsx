import { MantineProvider } from '@mantine/core';
import { createContext, useContext, useEffect, useMemo, type ReactNode } from 'react';
import { useRemembered } from './remembered.ts';
import { meanings, theme } from './theme.ts';

export const schemes = ['auto', 'light', 'dark'] as const;
export type Scheme = (typeof schemes)[number];
export const textSizes = ['normal', 'large', 'larger'] as const;
export type TextSize = (typeof textSizes)[number];

export type Appearance = Readonly<{
  scheme: Scheme;
  textSize: TextSize;
  setScheme: (scheme: Scheme) => void;
  setTextSize: (size: TextSize) => void;
}>;

const AppearanceContext = createContext<Appearance | null>(null);

// The whole interface is in rem, so the root size is the size setting.
const rootSizes: Readonly<Record<TextSize, string>> = { normal: '100%', large: '114.3%', larger: '128.6%' };

/** Theme, light or dark, and text size for everything inside. */
export function AppearanceProvider({ nonce, children }: Readonly<{ nonce: string; children: ReactNode }>) {
  const [scheme, setScheme] = useRemembered(
    'scheme',
    (kept) => schemes.find((one) => one === kept) ?? 'auto',
  );
  const [textSize, setTextSize] = useRemembered(
    'textSize',
    (kept) => textSizes.find((one) => one === kept) ?? 'normal',
  );
  useEffect(() => {
    document.documentElement.style.fontSize = rootSizes[textSize];
  }, [textSize]);
  const appearance = useMemo(
    () => ({ scheme, textSize, setScheme, setTextSize }),
    [scheme, textSize, setScheme, setTextSize],
  );
  return (
    <AppearanceContext value={appearance}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={meanings}
        getStyleNonce={() => nonce}
        defaultColorScheme="auto"
        {...(scheme === 'auto' ? {} : { forceColorScheme: scheme })}
      >
        {children}
      </MantineProvider>
    </AppearanceContext>
  );
}

export function useAppearance(): Appearance {
  const appearance = useContext(AppearanceContext);
  if (appearance === null) throw new Error('useAppearance needs AppearanceProvider');
  return appearance;
}
