import { useEffect, useMemo, useState } from 'react'
import { createBrowserRouter, RouterProvider } from 'react-router'
import { routes } from './routes.tsx'
import { SessionProvider } from './common/api/session.tsx'
import { LanguageContext, tagOf, type Language } from './words/words.ts'

const kChosen = 'heyan.language'
const router = createBrowserRouter(routes, { basename: '/app' })

function firstLanguage(): Language {
  const asked = new URLSearchParams(location.search).get('lang') ?? localStorage.getItem(kChosen)
  return asked === 'en' ? 'en' : 'zh'
}

export function App() {
  const [language, setLanguage] = useState<Language>(firstLanguage)
  const choice = useMemo(
    () => ({
      language,
      choose: (next: Language) => {
        localStorage.setItem(kChosen, next)
        setLanguage(next)
      },
    }),
    [language],
  )
  useEffect(() => {
    document.documentElement.lang = tagOf(language)
  }, [language])
  return (
    <LanguageContext.Provider value={choice}>
      <SessionProvider>
        <RouterProvider router={router} />
      </SessionProvider>
    </LanguageContext.Provider>
  )
}
