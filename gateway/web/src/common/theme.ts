// Colours with a contrast of at least 4.5 to 1 on white, and no animation that carries meaning.
import type { ThemeConfig } from 'antd'

export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#0b4a8f',
    colorInfo: '#0b4a8f',
    colorLink: '#0b4a8f',
    colorSuccess: '#1f6b2c',
    colorWarning: '#8a5300',
    colorError: '#b3261e',
    // What is derived from colours so dark is too dark to be written on.
    colorInfoBg: '#eaf2fb',
    colorInfoBorder: '#9dbfe6',
    colorSuccessBg: '#eaf6ec',
    colorSuccessBorder: '#93c79c',
    colorWarningBg: '#fff6e5',
    colorWarningBorder: '#e0b96a',
    colorErrorBg: '#fdeceb',
    colorErrorBorder: '#e5a09b',
    controlItemBgActive: '#dce9f7',
    colorTextPlaceholder: '#5f6673',
    colorTextDescription: '#4a5160',
    colorTextSecondary: '#4a5160',
    colorTextTertiary: '#5f6673',
    borderRadius: 4,
    controlHeight: 36,
    fontSize: 15,
    fontFamily: '"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "Segoe UI", Roboto, sans-serif',
  },
  components: { Menu: { itemHeight: 40 } },
}
