// Proofs of transparency logs and of Sigsum, on any bytes, judged under lists that accept some of
// the seeds: a record is told only of an accepted proof whose quorum holds. The same bytes as the
// entry that a good proof is offered with.
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>

#include "verifier/ledgers/ledger.h"

namespace {

using namespace heyan;  // NOLINT: a program of one file

void require(bool condition) {
  if (!condition) std::abort();
}

std::string read(const std::string& name) {
  std::ifstream in(std::string(HEYAN_VECTORS "/tlogs/") + name, std::ios::binary);
  require(in.good());
  return {std::istreambuf_iterator<char>(in), {}};
}

const trust::TrustList& trusted() {
  static const trust::TrustList kList = [] {
    const std::map<std::string, std::string, std::less<>> files = {
        {"trust.toml",
         "[list]\nid = \"f\"\nversion = 1\nissued = 2026-01-01T00:00:00Z\n"
         "next_update = 2036-01-01T00:00:00Z\n"
         "[[ledger]]\nid = \"tlog\"\nformat = \"tlog\"\nname = { zh = \"t\", en = \"t\" }\n"
         "[ledger.tlog]\npolicy = \"t\"\n"
         "[[ledger]]\nid = \"sigsum\"\nformat = \"sigsum\"\nname = { zh = \"s\", en = \"s\" }\n"
         "[ledger.sigsum]\npolicy = \"s\"\nsubmit_keys = [\"k\"]\n"},
        {"t", read("court-log/policy-3of5.txt")},
        {"s", read("sigsum/boot-statement-v2.policy")},
        {"k", read("sigsum/boot-statement-v2.keys")}};
    std::vector<const trust::LedgerSetup*> formats;
    for (const auto* ledger : ledgers::all()) formats.push_back(ledger);
    auto list = trust::parse_trust_list(
        "trust.toml",
        [&](std::string_view path) -> core::Result<core::Bytes> {
          const auto file = files.find(path);
          if (file == files.end()) return core::fail(core::ErrorCode::kNotFound, "no file");
          return core::to_bytes(std::string_view(file->second));
        },
        formats);
    require(list.has_value());
    return *std::move(list);
  }();
  return kList;
}

v1::ItemRecord measured() {
  static const std::string kDigest =
      core::to_string(crypto::sha256(core::as_bytes(read("sigsum/boot-statement-v2.artifact"))));
  v1::ItemRecord record;
  auto& digest = *record.mutable_measured()->add_digests();
  digest.set_algorithm(v1::DIGEST_ALGORITHM_SHA_256);
  digest.set_first(kDigest);
  digest.set_second(kDigest);
  return record;
}

// Finds every signature good, so that the ways behind are reached.
class Agreeable final : public crypto::Engine {
 public:
  std::string_view name() const override { return "agreeable"; }
  std::unique_ptr<crypto::Hasher> hasher(crypto::Hash hash) const override {
    return crypto::production_engines().first->hasher(hash);
  }
  bool verify(const crypto::PublicKey&, const crypto::Scheme&, core::ByteView,
              core::ByteView) const override {
    return true;
  }
};

void judge(crypto::Engines engines, std::string_view format, core::ByteView proof,
           core::ByteView entry) {
  v1::Proof declared;
  v1::Proof declared_entry;
  if (!entry.empty()) declared.add_hints()->set_name("record");
  const core::Bytes digest = crypto::sha256(proof);
  const core::Bytes entry_digest = crypto::sha256(entry);
  std::vector<ledgers::ProofView> proofs = {{&declared, proof, digest}};
  if (!entry.empty()) proofs.push_back({&declared_entry, entry, entry_digest});
  const core::Limits limits;
  crypto::SignatureChecker checker(engines, limits);
  const v1::CaseRecord record;
  const v1::Circumstances circumstances;
  const Judging judging{record,
                        circumstances,
                        trusted(),
                        trust::default_policy(),
                        *core::parse_rfc3339("2026-11-27T00:00:00Z"),
                        checker,
                        limits};
  const auto* ledger = ledgers::by_format(format);
  const trust::LedgerEntry& listed = *trusted().ledger(format);
  const auto found = ledger->judge(proofs, {}, measured(), listed, judging);
  require(found.has_value() && !found->empty() && !checker.disagreed());
  for (const v1::Attestation& one : *found) {
    require(!one.has_record() || one.quorum().reached());
    require(one.has_record() || one.proof_outcome() != v1::PROOF_OUTCOME_ACCEPT);
    require(one.has_record() || !one.has_time());
  }
  // Of a copy nothing is left to cut, and it says what the proof said.
  const auto excerpt = ledger->excerpt(proofs.front(), {}, listed, judging);
  if (!excerpt) return;
  const core::ByteView kept = core::as_bytes(*excerpt);
  const core::Bytes kept_digest = crypto::sha256(kept);
  proofs.front().bytes = kept;
  proofs.front().sha256 = kept_digest;
  require(excerpt->size() <= proof.size());
  require(ledger->excerpt(proofs.front(), {}, listed, judging) == excerpt);
  const auto again = ledger->judge(proofs, {}, measured(), listed, judging);
  require(again.has_value() && again->size() == found->size());
  require(again->front().proof_outcome() == found->front().proof_outcome());
  require(again->front().has_record() == found->front().has_record());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string kProof = read("court-log/e128.tlog-proof");
  static const std::string kRecord = read("court-log/e128.record");
  static const Agreeable kAgreeable;
  const core::ByteView bytes{data, size};
  for (const crypto::Engines engines :
       {crypto::production_engines(), crypto::Engines{&kAgreeable, &kAgreeable}}) {
    judge(engines, "tlog", bytes, core::as_bytes(kRecord));
    judge(engines, "tlog", bytes, {});
    judge(engines, "sigsum", bytes, {});
    if (size > 0) judge(engines, "tlog", core::as_bytes(kProof), bytes);
  }
  return 0;
}
