// ChainMaker's kinds of topic chains-cn. Whole proofs go the way of production: a trust list in
// TOML, a proof, an attestation; the parts go through the functions that it is made of.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "tests/vectors/chainmaker_bundle.h"
#include "tests/vectors/chains_cn.h"
#include "verifier/ledgers/answers.h"
#include "verifier/ledgers/chainmaker/transaction_check.h"
#include "verifier/ledgers/chainmaker/whole_block.h"
#include "verifier/ledgers/ledger.h"

namespace heyan::vectors {
namespace {

namespace fs = std::filesystem;
namespace cm = ledgers::chainmaker;
using chainmaker::list_at;
using chainmaker::text_at;
using core::Bytes;
using core::ByteView;
using core::json::Value;

std::optional<Bytes> read_bytes(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return Bytes(std::istreambuf_iterator<char>(in), {});
}

std::optional<Value> read_value(const fs::path& path) {
  const auto bytes = read_bytes(path);
  if (!bytes) return std::nullopt;
  auto value = core::json::parse(*bytes, {});
  return value ? std::optional(*std::move(value)) : std::nullopt;
}

Judged broken(std::string what) {
  Judged judged;
  judged.verdict = std::move(what);
  return judged;
}

Bytes base64_at(const Value& value, std::string_view pointer) {
  return core::from_base64(text_at(value, pointer)).value_or(Bytes());
}

std::string word(v1::ProofOutcome outcome) {
  switch (outcome) {
    case v1::PROOF_OUTCOME_ACCEPT:
      return "valid";
    case v1::PROOF_OUTCOME_UNSUPPORTED:
      return "unsupported";
    case v1::PROOF_OUTCOME_NOT_COSIGNED:
      return "not-cosigned";
    default:
      return "invalid";
  }
}

// One case with its trust list.
class Case {
 public:
  Case(const Value& bundle, const Value& line) : bundle_(bundle), line_(line) {
    const Value* params = line.find("params");
    auto files = chainmaker::TrustFiles(bundle, params != nullptr ? *params : line).write();
    std::vector<const trust::LedgerSetup*> formats(ledgers::all().begin(), ledgers::all().end());
    auto list = trust::parse_trust_list(
        "trust.toml",
        [&](std::string_view path) -> core::Result<Bytes> {
          const auto file = files.find(std::string(path));
          if (file == files.end()) return core::fail(core::ErrorCode::kNotFound, "no file");
          return file->second;
        },
        formats);
    if (!list) {
      for (const auto& error : list.error()) error_ += trust::to_string(error) + "; ";
      return;
    }
    list_ = *std::move(list);
    config_ = dynamic_cast<const cm::ChainmakerConfig*>(entry().config.get());
    verifier_.emplace(checker_, config_->hash, limits_);
    signers_.emplace(*config_, *verifier_, as_of_, known_signers_);
  }

  const std::string& error() const { return error_; }

  Judged run_proof() {
    const Bytes proof = chainmaker::proof_of(bundle_);
    const Bytes digest = crypto::sha256(proof);
    const v1::Proof declared;
    const ledgers::ProofView view{.declared = &declared, .bytes = proof, .sha256 = digest};
    const Judging judging{record_, circumstances_, list_,  trust::default_policy(),
                          as_of_,  checker_,       limits_};
    const auto attestations =
        ledgers::by_format("chainmaker")->judge(std::span(&view, 1), item_, {}, entry(), judging);
    if (!attestations || attestations->size() != 1) return broken("not one attestation");
    const v1::Attestation& one = attestations->front();
    Judged judged;
    judged.verdict = word(one.proof_outcome());
    judged.reasons.assign(one.ledger_reasons().begin(), one.ledger_reasons().end());
    std::set<std::string> counted;
    for (const v1::Signature& signature : one.signatures()) {
      if (signature.counted() && signature.quorum()) counted.insert(signature.institution());
    }
    judged.signers = std::vector<std::string>(counted.begin(), counted.end());
    compare_evidence(one, judged);
    return judged;
  }

  Judged run_header(const std::optional<Value>& previous) {
    const auto block = check(base64_at(bundle_, "/proof/block_header_pb"), votes());
    Judged judged = tell(*block, block->reasons);
    if (!previous || !block->header) return judged;
    const Bytes before = base64_at(*previous, "/proof/block_header_pb");
    const auto header = cm::parse_header(before);
    const bool linked =
        header && core::equal(verifier_->digest(header->hashed()), block->header->previous_hash);
    if (!linked) add(judged, "BAD_CHAIN_LINK");
    return judged;
  }

  Judged run_transaction() {
    const Bytes bytes = base64_at(bundle_, "/tx_pb");
    const auto transaction = cm::parse_transaction(bytes);
    const auto at = core::parse_rfc3339(text_at(line_, "/clock"));
    if (!transaction || !at) return broken("transaction or clock cannot be read");
    const auto signers = cm::check_signers(*transaction, nullptr, nullptr, *at, 0, *signers_);
    const Value* version = line_.at("/params/block_version");
    const auto number = static_cast<std::uint32_t>(*version->as_integer());
    Judged judged;
    judged.reasons = ledgers::sorted_names(signers.reasons);
    judged.verdict = word(cm::outcome(signers.reasons));
    const std::string stated = text_at(bundle_, "/tx_hash_v2030200");
    if (core::to_hex(verifier_->digest(transaction->hashed(number))) != stated)
      add(judged, "TX_HASH_MISMATCH");
    return judged;
  }

  Judged run_block(ByteView bytes) {
    const auto block = cm::ReadBlock::read(bytes, config_->places, *verifier_);
    if (!block) return broken("block cannot be read");
    cm::Reasons reasons = block->reasons();
    std::shared_ptr<const cm::BlockCheck> last;
    for (std::size_t i = 0; i < block->transactions(); ++i) {
      const cm::Proof proof = block->proof_of(i);
      last = check(proof.header, proof.vote_set);
      const auto transaction = cm::check_transaction(proof, *last, *signers_);
      reasons.insert(transaction.reasons.begin(), transaction.reasons.end());
    }
    if (last == nullptr) return broken("block without transactions");
    reasons.insert(last->reasons.begin(), last->reasons.end());
    return tell(*last, reasons);
  }

 private:
  const trust::LedgerEntry& entry() const { return *list_.ledger("chain"); }

  Bytes votes() const { return base64_at(bundle_, "/proof/extra_data/TBFTAddtionalDataKey"); }

  std::shared_ptr<const cm::BlockCheck> check(ByteView header, ByteView vote_set) {
    return cm::check_block(header, vote_set, *signers_, known_blocks_);
  }

  static void add(Judged& judged, std::string reason) {
    judged.verdict = "invalid";
    judged.reasons.push_back(std::move(reason));
  }

  static Judged tell(const cm::BlockCheck& block, const cm::Reasons& reasons) {
    Judged judged;
    judged.verdict = word(cm::outcome(reasons));
    judged.reasons = ledgers::sorted_names(reasons);
    std::set<std::string> counted;
    for (const cm::VoteCheck& vote : block.votes) {
      if (vote.state == cm::VoteState::kCounted) counted.insert(vote.validator->institution);
    }
    judged.signers = std::vector<std::string>(counted.begin(), counted.end());
    return judged;
  }

  // The file against the digest parameter of the call.
  void compare_evidence(const v1::Attestation& one, Judged& judged) {
    const Value* evidence = bundle_.find("evidence");
    if (evidence == nullptr || !one.has_record()) return;
    const bool sm3 = text_at(*evidence, "/hash_alg") == "SM3";
    const auto computed = checker_.digest(sm3 ? crypto::Hash::kSm3 : crypto::Hash::kSha256,
                                          base64_at(*evidence, "/content_base64"));
    const auto algorithm = sm3 ? v1::DIGEST_ALGORITHM_SM3 : v1::DIGEST_ALGORITHM_SHA_256;
    const bool equal = std::ranges::any_of(one.record().digests(), [&](const v1::Digest& digest) {
      return digest.algorithm() == algorithm && computed &&
             core::equal(core::as_bytes(digest.value()), *computed);
    });
    if (!equal) add(judged, "EVIDENCE_HASH_MISMATCH");
  }

  const Value& bundle_;
  const Value& line_;
  std::string error_;
  trust::TrustList list_;
  const cm::ChainmakerConfig* config_ = nullptr;
  core::UtcTime as_of_ = *core::parse_rfc3339("2026-11-26T00:00:00Z");
  core::Limits limits_;
  crypto::SignatureChecker checker_{crypto::production_engines(), limits_};
  cm::KnownSigners known_signers_;
  cm::KnownBlocks known_blocks_;
  std::optional<cm::Verifier> verifier_;
  std::optional<cm::Signers> signers_;
  v1::Item item_;
  v1::CaseRecord record_;
  v1::Circumstances circumstances_;
};

// No trust list: links, hashes, and each proposer's signature by the key in the header itself.
Judged run_headers(const Value& bundle) {
  cm::ChainmakerConfig config;
  config.hash = text_at(bundle, "/hash_type") == "SM3" ? crypto::Hash::kSm3 : crypto::Hash::kSha256;
  config.with_certificates = text_at(bundle, "/auth_type") == "permissionedWithCert";
  const core::Limits limits;
  crypto::SignatureChecker checker(crypto::production_engines(), limits);
  cm::Verifier verifier(checker, config.hash, limits);
  cm::KnownSigners known;
  cm::Signers signers(config, verifier, {}, known);
  std::set<std::string> reasons;
  Bytes before;
  std::uint64_t height = 0;
  for (const Value& one : list_at(bundle, "/headers")) {
    const Bytes bytes = base64_at(one, "/block_header_pb");
    const auto header = cm::parse_header(bytes);
    if (!header || !header->proposer) return broken("header cannot be read");
    const Bytes hash = verifier.digest(header->hashed());
    if (!core::equal(hash, header->hash) || core::to_hex(hash) != text_at(one, "/block_hash"))
      reasons.insert("BLOCK_HASH_MISMATCH");
    const bool first = before.empty();
    if (!first && (!core::equal(before, header->previous_hash) || header->height != height + 1))
      reasons.insert("BAD_CHAIN_LINK");
    const auto at = core::from_unix_ms(header->time_seconds * 1000);
    const cm::Signer signer = signers.resolve(*header->proposer, at, header->height);
    if (signers.verify(signer, hash, header->signature) != crypto::SignatureOutcome::kValid)
      reasons.insert("BAD_PROPOSER_SIGNATURE");
    before = hash;
    height = header->height;
  }
  Judged judged;
  judged.verdict = reasons.empty() && !before.empty() ? "valid" : "invalid";
  judged.reasons.assign(reasons.begin(), reasons.end());
  return judged;
}

}  // namespace

Judged run_chainmaker_case(const fs::path& folder, const Value& line) {
  const std::string kind = text_at(line, "/kind");
  const bool block = kind == "chainmaker-blockinfo";
  const auto bundle =
      read_value(folder / text_at(line, block ? "/inputs/trust" : "/inputs/bundle"));
  if (!bundle) return broken("bundle cannot be read");
  if (kind == "chainmaker-headers") return run_headers(*bundle);
  Case one(*bundle, line);
  if (!one.error().empty()) return broken("trust list: " + one.error());
  if (kind == "chainmaker-proof") return one.run_proof();
  if (kind == "chainmaker-tx") return one.run_transaction();
  if (kind == "chainmaker-header") {
    const std::string previous = text_at(line, "/inputs/previous");
    return one.run_header(previous.empty() ? std::nullopt : read_value(folder / previous));
  }
  const auto bytes = read_bytes(folder / text_at(line, "/inputs/blockinfo"));
  if (!bytes) return broken("block cannot be read");
  return one.run_block(*bytes);
}

}  // namespace heyan::vectors
