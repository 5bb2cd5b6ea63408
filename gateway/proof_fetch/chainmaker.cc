#include "gateway/proof_fetch/chainmaker.h"

#include <fmt/format.h>

#include <algorithm>

#include "verifier/core/wire.h"
#include "verifier/ledgers/answers.h"
#include "verifier/ledgers/chainmaker/transaction_check.h"
#include "verifier/ledgers/chainmaker/whole_block.h"

namespace heyan::proof_fetch {
namespace {

namespace cm = ledgers::chainmaker;
using cm::Reason;
using core::Bytes;
using core::ByteView;

constexpr std::size_t kMostId = 128;
constexpr std::size_t kRequestIdBytes = 32;
constexpr std::string_view kAskRightly =
    "Nothing was written. Check --tx and chain_id, that the member may query this chain, and that "
    "the node is in step with it.";

// One field of each number that is asked for; others are the business of later versions.
core::Result<std::vector<core::WireField>> read_fields(ByteView message, std::uint32_t most) {
  std::vector<core::WireField> fields(most + 1);
  core::WireReader reader(message);
  core::FieldsSeen seen;
  while (true) {
    HEYAN_TRY(const auto field, reader.next());
    if (!field) return fields;
    if (field->number > most) continue;
    HEYAN_CHECK_OK(seen.once(*field));
    fields[field->number] = *field;
  }
}

core::Result<std::uint64_t> number_of(const core::WireField& field) {
  return field.number == 0 ? core::Result<std::uint64_t>(0) : field.as_uint64();
}

struct Response {
  std::uint64_t code = 0;           // TxStatusCode
  std::uint64_t contract_code = 0;  // 0: success
  ByteView result;                  // BlockInfo
};

core::Result<Response> read_response(ByteView bytes) {
  Response response;
  HEYAN_TRY(const auto fields, read_fields(bytes, 3));
  HEYAN_TRY(response.code, number_of(fields[1]));
  if (fields[3].number == 0) return response;
  HEYAN_TRY(const ByteView contract_result, fields[3].as_bytes());
  HEYAN_TRY(const auto parts, read_fields(contract_result, 2));
  HEYAN_TRY(response.contract_code, number_of(parts[1]));
  if (parts[2].number != 0) {
    HEYAN_TRY(response.result, parts[2].as_bytes());
  }
  return response;
}

// The one transaction of that id; by it alone, since ids of records are their depositors' choice.
OrRefusal<cm::Proof> proof_of(const cm::ReadBlock& block, std::string_view id) {
  std::optional<cm::Proof> found;
  for (std::size_t i = 0; i < block.transactions(); ++i) {
    cm::Proof proof = block.proof_of(i);
    const auto transaction = cm::parse_transaction(proof.transaction);
    if (!transaction || transaction->payload.tx_id != id) continue;
    if (found) return std::unexpected(unusable("two transactions of the block have this id"));
    found = std::move(proof);
  }
  if (!found)
    return std::unexpected(unusable("the block does not hold the transaction that was asked for"));
  return *std::move(found);
}

std::optional<cm::Consensus> consensus_of(const cm::Header& header, bool has_votes) {
  if (header.consensus == 0) return has_votes ? cm::Consensus::kTbft : cm::Consensus::kSolo;
  for (const auto each : {cm::Consensus::kTbft, cm::Consensus::kDpos, cm::Consensus::kRaft}) {
    if (cm::number_of(each) == header.consensus) return each;
  }
  return std::nullopt;
}

// What does not depend on whom the court believes.
cm::Reasons without_trust(cm::Reasons reasons) {
  for (const Reason reason :
       {Reason::kSignerNotTrusted, Reason::kNoQuorum, Reason::kBadSignature,
        Reason::kBadProposerSignature, Reason::kBadSender, Reason::kBadEndorsement,
        Reason::kConfigMismatch, Reason::kNotCosigned}) {
    reasons.erase(reason);
  }
  return reasons;
}

class Checking {
 public:
  explicit Checking(const ops::ChainmakerNode& node) {
    config_.chain_id = node.chain_id;
    config_.hash = node.hash == "SM3"      ? crypto::Hash::kSm3
                   : node.hash == "SHA256" ? crypto::Hash::kSha256
                                           : crypto::Hash::kSha3_256;
    config_.with_certificates = node.with_certificates;
    verifier_.emplace(checker_, config_.hash, limits_);
  }

  OrRefusal<Bundle> bundle_of(ByteView block_info, std::string_view id) {
    const auto block = cm::ReadBlock::read(block_info, config_.places, *verifier_);
    if (!block)
      return std::unexpected(unusable(fmt::format("the block is none: {}", block.error().text)));
    HEYAN_TRY(const cm::Proof found, proof_of(*block, id));
    Bundle bundle{.bytes = cm::write_proof(found), .format = "chainmaker", .position = found.index};
    // What is written is what is checked.
    const auto proof = cm::parse_proof(core::as_bytes(bundle.bytes), limits_);
    if (!proof) return std::unexpected(unusable("the reader of proofs does not take the block"));
    HEYAN_CHECK_OK(check(*proof, block->reasons(), bundle));
    return bundle;
  }

 private:
  OrRefusal<void> check(const cm::Proof& proof, cm::Reasons reasons, Bundle& bundle) {
    const auto header = cm::parse_header(proof.header);
    const auto consensus = header ? consensus_of(*header, !proof.vote_set.empty()) : std::nullopt;
    if (!consensus) {
      return std::unexpected(unusable("this consensus is not verified here",
                                      "Nothing was written. docs/chainmaker.md lists which are."));
    }
    config_.consensus = *consensus;
    bundle.is_cosigned = config_.is_cosigned();
    if (bundle.is_cosigned && proof.vote_set.empty())
      return std::unexpected(unusable("the block came without the votes of its validators"));
    cm::KnownSigners known_signers;
    cm::KnownBlocks known_blocks;
    cm::Signers signers(config_, *verifier_, {}, known_signers);
    const auto of_block = cm::check_block(proof.header, proof.vote_set, signers, known_blocks);
    reasons.insert(of_block->reasons.begin(), of_block->reasons.end());
    if (of_block->header) {
      const auto of_transaction = cm::check_transaction(proof, *of_block, signers);
      reasons.insert(of_transaction.reasons.begin(), of_transaction.reasons.end());
    }
    if (const auto fault = verifier_->fault())
      return std::unexpected(intake::refusal_of(*fault, "checking the answer", ""));
    bundle.succeeded = reasons.erase(Reason::kTxFailed) == 0;
    bundle.block = header->height;
    bundle.signatures = of_block->votes.size();
    reasons = without_trust(std::move(reasons));
    if (reasons.empty()) return {};
    if (reasons.contains(Reason::kChainMismatch)) {
      return std::unexpected(
          unusable("it is of another chain", "Nothing was written. Check chain_id of the entry."));
    }
    return std::unexpected(unusable(fmt::format("it does not hold together: {}",
                                                fmt::join(ledgers::sorted_names(reasons), ", "))));
  }

  const core::Limits limits_;
  crypto::SignatureChecker checker_{crypto::production_engines(), limits_};
  cm::ChainmakerConfig config_;
  std::optional<cm::Verifier> verifier_;
};

}  // namespace

OrRefusal<Bundle> bundle_of_block(const ops::ChainmakerNode& node, std::string_view transaction,
                                  ByteView response) {
  const auto read = read_response(response);
  if (!read) return std::unexpected(unusable("the answer is no TxResponse"));
  if (read->code != 0 || read->contract_code != 0) {
    return std::unexpected(unusable(
        fmt::format("it says status {}, contract code {}", read->code, read->contract_code),
        kAskRightly));
  }
  if (read->result.empty())
    return std::unexpected(unusable("it has no such transaction", kAskRightly));
  return Checking(node).bundle_of(read->result, transaction);
}

OrRefusal<Bundle> fetch_chainmaker(const ops::ChainmakerNode& node, std::string_view transaction,
                                   core::UtcTime now, const Ask& ask, const Progress& progress) {
  const bool is_id = !transaction.empty() && transaction.size() <= kMostId &&
                     std::ranges::all_of(transaction, [](char c) { return c > ' ' && c < 0x7f; });
  if (!is_id) {
    return std::unexpected(Refusal{.code = core::ErrorCode::kUnknown,
                                   .what = "--tx is no id of a transaction",
                                   .defects = {},
                                   .remedy = "Write the id that the chain gave: up to 128 letters "
                                             "and digits, no space."});
  }
  HEYAN_TRY(const Member member, load_member(node));
  const std::string request_id = core::to_hex(crypto::random_bytes(kRequestIdBytes));
  HEYAN_TRY(const Bytes query, encode_block_query(node, member, transaction, request_id, now));
  progress(Step::kBlock);
  HEYAN_TRY(const Bytes response, ask(query));
  progress(Step::kCheck);
  return bundle_of_block(node, transaction, response);
}

}  // namespace heyan::proof_fetch
