/** What a suit asks for, in the order of whoever filed it. */
export function Claims({ claims }: { readonly claims: readonly string[] }) {
  return <ol className="claims">{claims.map((claim, at) => <li key={at}><bdi>{claim}</bdi></li>)}</ol>
}
