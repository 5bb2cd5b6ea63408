// Each area is loaded when it is first opened, so that nobody loads the pages of another role.
import { lazy, type ComponentType } from 'react'
import { Navigate, type RouteObject } from 'react-router'
import { ForRole } from './common/layout/for_role.tsx'
import { Home } from './common/layout/home.tsx'
import { Layout } from './common/layout/layout.tsx'
import { NotFound, PageFailed } from './common/layout/states.tsx'
import { SignIn } from './pages/sign_in/sign_in.tsx'

/** An area that uses Ant Design: both are loaded at once. */
function withAntd(load: () => Promise<{ readonly default: ComponentType }>) {
  return lazy(async () => {
    const [{ WithAntd }, { default: Area }] = await Promise.all([import('./common/layout/with_antd.tsx'), load()])
    return { default: () => <WithAntd><Area /></WithAntd> }
  })
}

const Account = lazy(() => import('./pages/sign_in/account.tsx'))
const Litigant = withAntd(() => import('./pages/litigant/index.tsx'))
const Clerk = withAntd(() => import('./pages/clerk/index.tsx'))
const Judge = withAntd(() => import('./pages/judge/index.tsx'))
const Operator = withAntd(() => import('./pages/operator/index.tsx'))
const Public = lazy(() => import('./pages/public/index.tsx'))

export const routes: RouteObject[] = [
  {
    path: '/',
    element: <Layout />,
    errorElement: <PageFailed />,
    children: [
      { index: true, element: <Home /> },
      { path: 'sign-in', element: <SignIn /> },
      { path: 'account', element: <ForRole roles={['litigant', 'clerk', 'judge', 'operator']}><Account /></ForRole> },
      { path: 'litigant/*', element: <ForRole roles={['litigant']}><Litigant /></ForRole> },
      { path: 'clerk/*', element: <ForRole roles={['clerk']}><Clerk /></ForRole> },
      { path: 'judge/*', element: <ForRole roles={['judge']}><Judge /></ForRole> },
      { path: 'operator/*', element: <ForRole roles={['operator']}><Operator /></ForRole> },
      { path: 'public/*', element: <Public /> },
      { path: 'index.html', element: <Navigate to="/" replace /> },
      { path: '*', element: <NotFound /> },
    ],
  },
]
