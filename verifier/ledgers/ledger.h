// A proof system: what a folder beneath verifier/ledgers implements. CMake finds the folders;
// nobody edits a list.
//
// Threat: proof bytes are hostile. Implementations never throw, never exceed core::Limits, and put
// into an Attestation only what they read from bytes whose signatures they verified. Stateless,
// immutable, usable from any thread.
//
// A folder NAME holds ledger.cc with `const heyan::ledgers::Ledger&
// heyan::ledgers::NAME::ledger();`; tests/unit/ledgers/NAME holds samples.cc for the conformance
// test (tests/unit/ledgers/sample.h).
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "heyan/v1/attestation.pb.h"
#include "heyan/v1/case_record.pb.h"
#include "verifier/core/limits.h"
#include "verifier/crypto/digest.h"
#include "verifier/judging.h"
#include "verifier/trust/trust_list.h"

namespace heyan::ledgers {

// One proof offered for an item: what the party declared of it, and its bytes.
struct ProofView {
  const v1::Proof* declared;  // never null
  core::ByteView bytes;
  core::ByteView sha256;
};

// How much of a proof is looked at to recognise it.
inline constexpr std::size_t kHeadBytes = 256;

class Ledger : public trust::LedgerSetup {
 public:
  // What this proof system can show: a record in a chain, or only what an operator attests.
  virtual v1::Tier tier() const { return v1::TIER_CHAIN_PROOF; }

  // Is what it judges listed in [[ledger]]? False where authorities of the list ([[tsa]]) are all
  // that counts: `judge` then gets an entry with nothing but the format.
  virtual bool has_entry() const { return true; }

  // Looks at the first kHeadBytes of a proof (all of it where it is shorter). Never throws; false
  // when in doubt.
  virtual bool recognises(core::ByteView head) const = 0;

  // The hashes by which this proof may name its file, besides those of the trust list: the file is
  // measured by them. Empty when in doubt; then the file's digest is missing, and judge() says so.
  virtual std::set<crypto::Hash> hashes_named(core::ByteView /*proof*/) const { return {}; }

  // Judges all proofs offered for one item on one ledger of the trust list: block, config blocks,
  // copies, signed answers. At least one attestation: one for each record, or position of a record,
  // that the party names, so that none hides behind another. An Error means that we could not work;
  // what is wrong with the proofs is in the findings. `proofs` view the case record of `judging`,
  // or at least outlive its memo.
  virtual core::Result<std::vector<v1::Attestation>> judge(std::span<const ProofView> proofs,
                                                           const v1::Item& item,
                                                           const v1::ItemRecord& measured,
                                                           const trust::LedgerEntry& entry,
                                                           const Judging& judging) const = 0;

  // Can proofs of this system show one transaction without those of strangers beside it?
  virtual bool has_excerpts() const { return false; }

  // The bytes that a party may hold of this proof (security decision 29): they show the transaction
  // of the item alone, and judge() gives the same of them. The proof as it is, where it holds
  // nothing else; so an excerpt is its own excerpt. Nothing where there are no such bytes, or where
  // the transaction was not verified: then there is no saying whose it is.
  virtual std::optional<std::string> excerpt(const ProofView& /*proof*/, const v1::Item& /*item*/,
                                             const trust::LedgerEntry& /*entry*/,
                                             const Judging& /*judging*/) const {
    return std::nullopt;
  }
};

// Every proof system that was built in, in the order of their folders' names.
std::span<const Ledger* const> all();

// The one of that format ("fabric"), or null.
const Ledger* by_format(std::string_view format);

// Of every proof system that recognises the proof.
std::set<crypto::Hash> hashes_named(core::ByteView proof);

}  // namespace heyan::ledgers
