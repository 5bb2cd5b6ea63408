// Receipts of CCF on any bytes, judged under a list that accepts some of the seeds: a record is
// told only of an accepted receipt, and never a time. Likewise with an engine that finds every
// signature good, so that the ways behind are reached.
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
  std::ifstream in(std::string(HEYAN_VECTORS "/tlogs/sigstore/") + name, std::ios::binary);
  require(in.good());
  return {std::istreambuf_iterator<char>(in), {}};
}

const trust::TrustList& trusted() {
  static const trust::TrustList kList = [] {
    const std::map<std::string, std::string, std::less<>> files = {
        {"trust.toml",
         "[list]\nid = \"f\"\nversion = 1\nissued = 2026-01-01T00:00:00Z\n"
         "next_update = 2036-01-01T00:00:00Z\n"
         "[[institution]]\nid = \"platform\"\nkind = \"platform\"\n"
         "name = { zh = \"p\", en = \"p\" }\n"
         "[[quorum]]\nid = \"alone\"\nat_least = 1\nof = [\"platform\"]\n"
         "[[ledger]]\nid = \"rekor\"\nformat = \"sigstore\"\nname = { zh = \"c\", en = \"c\" }\n"
         "quorum = \"alone\"\n[ledger.sigstore]\noperator = \"platform\"\n"
         "trusted_root = \"root\"\nkeys = [\"key\"]\n"},
        {"root", read("consortium.trusted_root.json")},
        {"key", read("consortium.institution.pub")}};
    std::vector<const trust::LedgerSetup*> formats;
    for (const auto* one : ledgers::all()) formats.push_back(one);
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

void judge(crypto::Engines engines, core::ByteView bytes) {
  const v1::Proof declared;
  const core::Bytes digest = crypto::sha256(bytes);
  const ledgers::ProofView proof{&declared, bytes, digest};
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
  const auto* ledger = ledgers::by_format("sigstore");
  const trust::LedgerEntry& listed = *trusted().ledger("rekor");
  const auto found = ledger->judge(std::span(&proof, 1), {}, {}, listed, judging);
  require(found.has_value() && found->size() == 1 && !checker.disagreed());
  const v1::Attestation& one = found->front();
  require(one.has_record() == (one.proof_outcome() == v1::PROOF_OUTCOME_ACCEPT));
  require(!one.has_record() || one.quorum().reached());
  require(!one.has_time() || (one.has_record() && !one.time().independent()));
  const auto excerpt = ledger->excerpt(proof, {}, listed, judging);
  require(excerpt.has_value() == one.has_record());
  if (!excerpt) return;
  const core::ByteView again = core::as_bytes(*excerpt);
  const core::Bytes again_digest = crypto::sha256(again);
  require(ledger->excerpt({&declared, again, again_digest}, {}, listed, judging) == excerpt);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Agreeable kAgreeable;
  const core::ByteView bytes{data, size};
  for (const crypto::Engines engines :
       {crypto::production_engines(), crypto::Engines{&kAgreeable, &kAgreeable}}) {
    judge(engines, bytes);
  }
  return 0;
}
