#include "verifier/ledgers/chainmaker/message.h"

#include <array>

#include "verifier/ledgers/chainmaker/go_json.h"

namespace heyan::ledgers::chainmaker {
namespace {

using core::ErrorCode;
using core::fail;
using enum FieldKind;

constexpr bool kRepeated = true;
constexpr std::uint32_t kFirstVersionWithoutGas = 2300;

constexpr std::array kMemberFields{FieldRule{1, kText, "org_id"},
                                   FieldRule{2, kInt32, "member_type"},
                                   FieldRule{3, kBytes, "member_info"}};
constexpr MessageRule kMember{kMemberFields};

constexpr std::array kEndorsementFields{FieldRule{1, kMessage, "signer", false, &kMember},
                                        FieldRule{2, kBytes, "signature"}};
constexpr MessageRule kEndorsement{kEndorsementFields};

constexpr std::array kHeaderFields{
    FieldRule{1, kUint32, "block_version"},   FieldRule{2, kInt32, "block_type"},
    FieldRule{3, kText, "chain_id"},          FieldRule{4, kUint64, "block_height"},
    FieldRule{5, kBytes, "block_hash"},       FieldRule{6, kBytes, "pre_block_hash"},
    FieldRule{7, kUint64, "pre_conf_height"}, FieldRule{8, kUint32, "tx_count"},
    FieldRule{9, kBytes, "tx_root"},          FieldRule{10, kBytes, "dag_hash"},
    FieldRule{11, kBytes, "rw_set_root"},     FieldRule{12, kInt64, "block_timestamp"},
    FieldRule{13, kBytes, "consensus_args"},  FieldRule{14, kMessage, "proposer", false, &kMember},
    FieldRule{15, kBytes, "signature"}};
constexpr MessageRule kHeader{kHeaderFields};

constexpr std::array kParameterFields{FieldRule{1, kText, "key"}, FieldRule{2, kBytes, "value"}};
constexpr MessageRule kParameter{kParameterFields};
constexpr std::array kLimitFields{FieldRule{1, kUint64, "gas_limit"}};
constexpr MessageRule kLimit{kLimitFields};
constexpr std::array kPayloadFields{FieldRule{1, kText, "chain_id"},
                                    FieldRule{2, kInt32, "tx_type"},
                                    FieldRule{3, kText, "tx_id"},
                                    FieldRule{4, kInt64, "timestamp"},
                                    FieldRule{5, kInt64, "expiration_time"},
                                    FieldRule{6, kText, "contract_name"},
                                    FieldRule{7, kText, "method"},
                                    FieldRule{8, kMessage, "parameters", kRepeated, &kParameter},
                                    FieldRule{9, kUint64, "sequence"},
                                    FieldRule{10, kMessage, "limit", false, &kLimit}};
constexpr MessageRule kPayload{kPayloadFields};

constexpr std::array kEventFields{FieldRule{1, kText, "topic"}, FieldRule{2, kText, "tx_id"},
                                  FieldRule{3, kText, "contract_name"},
                                  FieldRule{4, kText, "contract_version"},
                                  FieldRule{5, kText, "event_data", kRepeated}};
constexpr MessageRule kEvent{kEventFields};
constexpr std::array kContractResultFields{
    FieldRule{1, kUint32, "code"}, FieldRule{2, kBytes, "result"}, FieldRule{3, kText, "message"},
    FieldRule{4, kUint64, "gas_used"},
    FieldRule{5, kMessage, "contract_event", kRepeated, &kEvent}};
constexpr MessageRule kContractResult{kContractResultFields};
constexpr std::array kResultFields{
    FieldRule{1, kInt32, "code"},
    FieldRule{2, kMessage, "contract_result", false, &kContractResult},
    FieldRule{3, kBytes, "rw_set_hash"}, FieldRule{4, kText, "message"}};
constexpr MessageRule kResult{kResultFields};

constexpr std::array kTransactionFields{
    FieldRule{1, kMessage, "payload", false, &kPayload},
    FieldRule{2, kMessage, "sender", false, &kEndorsement},
    FieldRule{3, kMessage, "endorsers", kRepeated, &kEndorsement},
    FieldRule{4, kMessage, "result", false, &kResult},
    FieldRule{5, kMessage, "payer", false, &kEndorsement}};
constexpr MessageRule kTransaction{kTransactionFields};

constexpr std::array kKeyVersionFields{FieldRule{3, kText, "ref_tx_id"},
                                       FieldRule{4, kInt32, "ref_offset"}};
constexpr MessageRule kKeyVersion{kKeyVersionFields};
constexpr std::array kReadFields{FieldRule{1, kBytes, "key"}, FieldRule{2, kBytes, "value"},
                                 FieldRule{3, kText, "contract_name"},
                                 FieldRule{4, kMessage, "version", false, &kKeyVersion}};
constexpr MessageRule kRead{kReadFields};
constexpr std::array kWriteFields{FieldRule{1, kBytes, "key"}, FieldRule{2, kBytes, "value"},
                                  FieldRule{3, kText, "contract_name"}};
constexpr MessageRule kWrite{kWriteFields};
constexpr std::array kRwSetFields{FieldRule{1, kText, "tx_id"},
                                  FieldRule{2, kMessage, "tx_reads", kRepeated, &kRead},
                                  FieldRule{3, kMessage, "tx_writes", kRepeated, &kWrite}};
constexpr MessageRule kRwSet{kRwSetFields};

constexpr std::array kConsensusFields{FieldRule{1, kInt64, "consensus_type"},
                                      FieldRule{2, kUint64, "round"}, FieldRule{3, kUint64, "view"},
                                      FieldRule{4, kMessage, "consensus_data", false, &kRwSet}};
constexpr MessageRule kConsensus{kConsensusFields};

constexpr std::array kVoteFields{FieldRule{1, kInt32, "type"},
                                 FieldRule{2, kText, "voter"},
                                 FieldRule{3, kUint64, "height"},
                                 FieldRule{4, kInt32, "round"},
                                 FieldRule{5, kBytes, "hash"},
                                 FieldRule{6, kMessage, "endorsement", false, &kEndorsement},
                                 FieldRule{7, kText, "invalidTxs", kRepeated}};
constexpr MessageRule kVote{kVoteFields};
constexpr std::array kVoteEntryFields{FieldRule{1, kText, "key"},
                                      FieldRule{2, kMessage, "value", false, &kVote}};
constexpr MessageRule kVoteEntry{kVoteEntryFields};
// Field 7 repeats the votes by block; nothing is taken from it.
constexpr std::array kVoteSetFields{FieldRule{1, kInt32, "type"},
                                    FieldRule{2, kUint64, "height"},
                                    FieldRule{3, kInt32, "round"},
                                    FieldRule{4, kInt64, "sum"},
                                    FieldRule{5, kBytes, "maj23"},
                                    FieldRule{6, kMessage, "votes", kRepeated, &kVoteEntry},
                                    FieldRule{7, kBytes, "votes_by_block", kRepeated}};
constexpr MessageRule kVoteSet{kVoteSetFields};

constexpr std::array kMultiVoteFields{FieldRule{1, kInt32, "vote"},
                                      FieldRule{2, kMessage, "endorsement", false, &kEndorsement}};
constexpr MessageRule kMultiVote{kMultiVoteFields};
constexpr std::array kMultiSignFields{FieldRule{1, kMessage, "payload", false, &kPayload},
                                      FieldRule{2, kText, "contract_name"},
                                      FieldRule{3, kText, "method"},
                                      FieldRule{4, kInt32, "status"},
                                      FieldRule{5, kMessage, "vote_infos", kRepeated, &kMultiVote},
                                      FieldRule{6, kText, "message"},
                                      FieldRule{7, kBytes, "result"}};
constexpr MessageRule kMultiSign{kMultiSignFields};

constexpr std::array kExtraEntryFields{FieldRule{1, kText, "key"}, FieldRule{2, kBytes, "value"}};
constexpr MessageRule kExtraEntry{kExtraEntryFields};
constexpr std::array kExtraFields{FieldRule{1, kMap, "extra_data", kRepeated, &kExtraEntry}};
constexpr MessageRule kExtra{kExtraFields};
constexpr std::array kNeighborFields{FieldRule{1, kPacked, "neighbors"}};
constexpr MessageRule kNeighbor{kNeighborFields};
constexpr std::array kDagFields{FieldRule{2, kMessage, "vertexes", kRepeated, &kNeighbor}};
constexpr MessageRule kDag{kDagFields};
// Canonical forms are asked for where each part is read.
constexpr std::array kBlockFields{FieldRule{1, kMessage, "header", false, &kHeader},
                                  FieldRule{2, kMessage, "dag", false, &kDag},
                                  FieldRule{3, kMessage, "txs", kRepeated, &kTransaction},
                                  FieldRule{4, kMessage, "additional_data", false, &kExtra}};
constexpr MessageRule kBlock{kBlockFields};
constexpr std::array kBlockInfoFields{FieldRule{1, kMessage, "block", false, &kBlock},
                                      FieldRule{2, kMessage, "rwset_list", kRepeated, &kRwSet}};
constexpr MessageRule kBlockInfo{kBlockInfoFields};

Member read_member(ByteView bytes) {
  const Fields fields(bytes);
  return {.org_id = fields.text(1),
          .type = fields.signed_number(2),
          .info = fields.bytes(3),
          .encoded = bytes};
}

Endorsement read_endorsement(ByteView bytes) {
  const Fields fields(bytes);
  Endorsement endorsement;
  if (fields.has(1)) endorsement.signer = read_member(fields.bytes(1));
  endorsement.signature = fields.bytes(2);
  return endorsement;
}

Payload read_payload(ByteView bytes) {
  const Fields fields(bytes);
  Payload payload{.chain_id = fields.text(1),
                  .type = fields.signed_number(2),
                  .tx_id = fields.text(3),
                  .time_seconds = fields.signed_number(4),
                  .contract = fields.text(6),
                  .method = fields.text(7),
                  .parameters = {},
                  .encoded = bytes};
  for (const ByteView one : fields.all(8)) {
    const Fields parameter(one);
    payload.parameters.push_back({.key = parameter.text(1), .value = parameter.bytes(2)});
  }
  return payload;
}

Vote read_vote(ByteView entry) {
  const Fields pair(entry);
  const Fields fields(pair.bytes(2));
  Vote vote;
  vote.key = pair.text(1);
  vote.type = fields.signed_number(1);
  vote.voter = fields.text(2);
  vote.height = fields.number(3);
  vote.round = fields.signed_number(4);
  vote.hash = fields.bytes(5);
  if (fields.has(6)) vote.endorsement = read_endorsement(fields.bytes(6));
  put_number(vote.signed_bytes, 1, static_cast<std::uint64_t>(vote.type));
  put_bytes(vote.signed_bytes, 2, core::as_bytes(vote.voter));
  put_number(vote.signed_bytes, 3, vote.height);
  put_number(vote.signed_bytes, 4, static_cast<std::uint64_t>(vote.round));
  put_bytes(vote.signed_bytes, 5, vote.hash);
  for (const ByteView one : fields.all(7)) put_message(vote.signed_bytes, 7, one);
  return vote;
}

}  // namespace

Result<Header> parse_header(ByteView bytes) {
  HEYAN_CHECK_OK(check_message(bytes, kHeader));
  const Fields fields(bytes);
  Header header{.version = static_cast<std::uint32_t>(fields.number(1)),
                .chain_id = fields.text(3),
                .height = fields.number(4),
                .hash = fields.bytes(5),
                .previous_hash = fields.bytes(6),
                .config_height = fields.number(7),
                .tx_count = static_cast<std::uint32_t>(fields.number(8)),
                .tx_root = fields.bytes(9),
                .dag_hash = fields.bytes(10),
                .rw_set_root = fields.bytes(11),
                .time_seconds = fields.signed_number(12),
                .proposer = {},
                .signature = fields.bytes(15),
                .encoded = bytes};
  if (fields.has(13)) {
    HEYAN_CHECK_OK(check_message(fields.bytes(13), kConsensus, Form::kLoose));
    header.consensus = Fields(fields.bytes(13)).number(1);
  }
  if (fields.has(14)) header.proposer = read_member(fields.bytes(14));
  return header;
}

std::optional<ByteView> Payload::parameter(std::string_view key) const {
  std::optional<ByteView> value;
  for (const Parameter& one : parameters) {
    if (one.key != key) continue;
    if (value) return std::nullopt;
    value = one.value;
  }
  return value;
}

Result<Payload> parse_payload(ByteView bytes) {
  HEYAN_CHECK_OK(check_message(bytes, kPayload));
  return read_payload(bytes);
}

Result<Transaction> parse_transaction(ByteView bytes) {
  HEYAN_CHECK_OK(check_message(bytes, kTransaction));
  const Fields fields(bytes);
  if (!fields.has(1)) return fail(ErrorCode::kMalformed, "a transaction without payload");
  Transaction transaction;
  transaction.payload = read_payload(fields.bytes(1));
  if (fields.has(2)) transaction.sender = read_endorsement(fields.bytes(2));
  for (const ByteView one : fields.all(3)) transaction.endorsers.push_back(read_endorsement(one));
  const Fields result(fields.bytes(4));
  const Fields contract(result.bytes(2));
  transaction.succeeded =
      fields.has(4) && result.has(2) && result.number(1) == 0 && contract.number(1) == 0;
  transaction.rw_set_hash = result.bytes(3);
  transaction.encoded = bytes;
  return transaction;
}

Bytes Transaction::hashed(std::uint32_t block_version) const {
  const ByteView result = Fields(encoded).bytes(4);
  const Fields fields(result);
  if (block_version < kFirstVersionWithoutGas || !fields.has(2)) return core::to_bytes(encoded);
  return with(encoded, 4, with(result, 2, without(fields.bytes(2), {4})));
}

Result<RwSet> parse_rw_set(ByteView bytes) {
  HEYAN_CHECK_OK(check_message(bytes, kRwSet));
  const Fields fields(bytes);
  RwSet set{.tx_id = fields.text(1), .reads = {}, .writes = {}, .encoded = bytes};
  const auto entries = [&](std::uint32_t number, std::vector<StateEntry>& out) {
    for (const ByteView one : fields.all(number)) {
      const Fields entry(one);
      out.push_back({.key = entry.bytes(1), .value = entry.bytes(2), .contract = entry.text(3)});
    }
  };
  entries(2, set.reads);
  entries(3, set.writes);
  return set;
}

Result<VoteSet> parse_vote_set(ByteView bytes) {
  HEYAN_CHECK_OK(check_message(bytes, kVoteSet, Form::kLoose));
  const Fields fields(bytes);
  VoteSet set{.type = fields.signed_number(1),
              .height = fields.number(2),
              .round = fields.signed_number(3),
              .votes = {}};
  for (const ByteView one : fields.all(6)) set.votes.push_back(read_vote(one));
  return set;
}

Result<MultiSign> parse_multi_sign(ByteView bytes) {
  HEYAN_CHECK_OK(check_message(bytes, kMultiSign));
  const Fields fields(bytes);
  MultiSign multi_sign{.payload = read_payload(fields.bytes(1)),
                       .status = fields.signed_number(4),
                       .agreeing = {},
                       .refusing = {}};
  for (const ByteView one : fields.all(5)) {
    const Fields vote(one);
    auto& side = vote.number(1) == 0 ? multi_sign.agreeing : multi_sign.refusing;
    side.push_back(read_endorsement(vote.bytes(2)));
  }
  return multi_sign;
}

Result<Bytes> block_info_of_json(ByteView json, const core::Limits& limits) {
  return encode_json(json, kBlockInfo, limits);
}

Result<WholeBlock> parse_block_info(ByteView bytes) {
  HEYAN_CHECK_OK(check_message(bytes, kBlockInfo, Form::kLoose));
  const Fields info(bytes);
  const Fields block(info.bytes(1));
  HEYAN_CHECK_OK(check_message(block.bytes(2), kDag));
  WholeBlock whole{.header = block.bytes(1),
                   .dag = block.bytes(2),
                   .transactions = block.all(3),
                   .extra = {},
                   .rw_sets = info.all(2)};
  for (const ByteView one : Fields(block.bytes(4)).all(1)) {
    const Fields entry(one);
    whole.extra.emplace_back(entry.text(1), entry.bytes(2));
  }
  return whole;
}

}  // namespace heyan::ledgers::chainmaker
