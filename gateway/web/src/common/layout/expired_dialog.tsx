import { Button, Modal } from 'antd'
import { SignInForm } from '../../pages/sign_in/sign_in_form.tsx'
import { layoutWords } from '../../words/layout/index.ts'
import { useWords } from '../../words/words.ts'
import { useSession } from '../api/session.tsx'

/** Over the page, which stays as it is: the same person signs in again, and what was asked is asked again. */
export function ExpiredDialog() {
  const { session, expired, giveUp } = useSession()
  const words = useWords(layoutWords).expired
  if (session == null) return null
  return (
    <Modal open={expired} title={words.title} footer={null} closable={false} maskClosable={false} keyboard={false} destroyOnHidden>
      <p>{words.text}</p>
      <SignInForm account={session.account} submit={words.continue} />
      <Button type="link" className="give-up" onClick={giveUp}>{words.leave}</Button>
    </Modal>
  )
}
