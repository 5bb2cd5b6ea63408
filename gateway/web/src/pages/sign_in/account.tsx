import { useSession } from '../../common/api/session.tsx'
import { Facts } from '../../common/layout/facts.tsx'
import { Page } from '../../common/layout/page.tsx'
import { layoutWords } from '../../words/layout/index.ts'
import { signInWords } from '../../words/sign_in/index.ts'
import { useWords } from '../../words/words.ts'
import { Password } from './password.tsx'
import { SecondFactor } from './second_factor.tsx'

export default function Account() {
  const words = useWords(signInWords).settings
  const roles = useWords(layoutWords).roles
  const { session } = useSession()
  if (session == null) return null
  const court = session.court === null ? session.courts.map((one) => one.name).join(words.between) : session.court.name
  return (
    <Page title={words.title}>
      <Facts
        long
        items={[
          { key: 'who', label: words.who, children: <bdi>{session.name} ({session.account})</bdi> },
          { key: 'role', label: words.role, children: roles[session.role] },
          { key: 'court', label: session.court === null ? words.courts : words.court, children: court === '' ? words.none : court },
        ]}
      />
      <Password />
      <SecondFactor />
    </Page>
  )
}
