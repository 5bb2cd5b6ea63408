// Evidence records, made and renewed. What an authority is to stamp next is a digest; its token
// makes a record, or one stamp more of it. Nothing is verified here: whoever writes a record
// verifies it first (verification.h). Source: RFC 4998 4.2 and 5.2. Pure, any thread.
#pragma once

#include <set>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"
#include "verifier/crypto/digest.h"

namespace heyan::ers {

struct Step {
  crypto::Hash hash;
  core::Bytes digest;      // that is to be stamped
  bool new_chain = false;  // the hash tree is renewed, or begun; otherwise the last stamp is
};

// The first stamp of all, over the document itself. Hashes: SHA-256, SHA-384, SHA-512, SM3;
// kUnsupported for others.
core::Result<Step> first_step(core::ByteView document, crypto::Hash hash);

// The next one of `record`: over its last stamp where `hash` is that of the last chain, otherwise
// over the document and all chains again. Errors of a reader: no such record, or none to which
// something can be added.
core::Result<Step> next_step(core::ByteView record, core::ByteView document, crypto::Hash hash);

// The hash of the last chain. Errors of a reader.
core::Result<crypto::Hash> last_hash(core::ByteView record);

// The hash of each chain: those in which a document's digest is needed. Errors of a reader.
core::Result<std::set<crypto::Hash>> chain_hashes(core::ByteView record);

// `record` (empty: none yet) with `token` (ContentInfo, DER) over `step.digest` added.
core::Result<core::Bytes> append(core::ByteView record, const Step& step, core::ByteView token);

}  // namespace heyan::ers
