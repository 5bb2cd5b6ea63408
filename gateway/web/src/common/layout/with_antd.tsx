import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import type { ReactNode } from 'react'
import { useLanguage } from '../../words/words.ts'
import { nonce } from '../nonce.ts'
import { theme } from '../theme.ts'

/** Around the pages of a role; those without one are made of common/plain alone. */
export function WithAntd({ children }: { readonly children: ReactNode }) {
  const { language } = useLanguage()
  return (
    <ConfigProvider button={{ autoInsertSpace: false }} csp={{ nonce }} locale={language === 'zh' ? zhCN : enUS} theme={theme}>
      {children}
    </ConfigProvider>
  )
}
