// What every page is made of: buttons, notices, cards, tags. They look as Ant Design's do, and weigh nothing, so that who signs
// in or checks a report, often on a phone, does not load a library for it. The pages of a role use Ant Design for the rest.
import './plain.css'
import type { ButtonHTMLAttributes, InputHTMLAttributes, ReactNode } from 'react'

const named = (...names: readonly (string | false | undefined)[]): string => names.filter((name) => name !== false && name !== undefined && name !== '').join(' ')

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `link` looks like one, and does something here. */
  readonly look?: 'primary' | 'link' | 'bare'
  readonly busy?: boolean
  /** As wide as what it stands in. */
  readonly block?: boolean
}

export function Button({ look, busy, block, className, type = 'button', ...rest }: ButtonProps) {
  return <button {...rest} type={type} aria-busy={busy} className={named('button', look !== undefined && `button-${look}`, block === true && 'button-block', className)} />
}

interface NoticeProps {
  readonly type: 'info' | 'success' | 'warning' | 'error'
  readonly message: ReactNode
  readonly description?: ReactNode
  /** `alert` is read out at once. */
  readonly role?: 'alert' | 'status'
  readonly action?: ReactNode
  readonly className?: string
}

export function Notice({ type, message, description, role, action, className }: NoticeProps) {
  const whole = description !== undefined && description !== null
  return (
    <div role={role} className={named('notice', `notice-${type}`, whole && 'notice-whole', className)}>
      <div className="notice-text">
        <div className="notice-message">{message}</div>
        {whole ? <div>{description}</div> : null}
      </div>
      {action === undefined ? null : <div className="notice-action">{action}</div>}
    </div>
  )
}

export function Panel({ title, className, children }: { readonly title?: ReactNode; readonly className?: string; readonly children: ReactNode }) {
  return (
    <section className={named('panel', className)}>
      {title === undefined ? null : <div className="panel-head">{title}</div>}
      <div className="panel-body">{children}</div>
    </section>
  )
}

export function Tag({ kind, className, children }: { readonly kind?: 'success' | 'warning' | 'error'; readonly className?: string; readonly children: ReactNode }) {
  return <span className={named('tag', kind !== undefined && `tag-${kind}`, className)}>{children}</span>
}

export function TextInput({ className, type = 'text', ...rest }: InputHTMLAttributes<HTMLInputElement>) {
  return <input {...rest} type={type} className={named('text-input', className)} />
}
