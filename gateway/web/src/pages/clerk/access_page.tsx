import { Link } from 'react-router'
import { AccessList } from '../../common/access/access_list.tsx'
import { accessWords } from '../../words/access/index.ts'
import { useWords } from '../../words/words.ts'

export function AccessPage() {
  const words = useWords(accessWords).list
  return (
    <AccessList linkOf={(id) => <Link className="fingerprint" to={`/clerk/cases/${id}`}>{id}</Link>}>
      <p className="no-print"><Link to="/clerk/worklist">{words.back}</Link></p>
    </AccessList>
  )
}
