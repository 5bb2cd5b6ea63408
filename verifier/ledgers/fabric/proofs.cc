#include "verifier/ledgers/fabric/proofs.h"

#include <charconv>

#include "verifier/core/cursor.h"
#include "verifier/ledgers/fabric/ordering.h"

namespace heyan::ledgers::fabric {
namespace {

OfferedBlock offer(std::size_t proof, ByteView bytes, Block block) {
  OfferedBlock offered;
  offered.proof = proof;
  offered.bytes = bytes;
  offered.header = encode_header(block.header);
  offered.is_config = is_config_block(block);
  if (!offered.is_config) {
    offered.transactions.reserve(block.entries.size());
    for (const ByteView entry : block.entries)
      offered.transactions.push_back(parse_transaction(entry));
  }
  offered.block = std::move(block);
  return offered;
}

std::optional<std::size_t> parse_position(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

std::string_view hint(const v1::Proof& proof, std::string_view name) {
  for (const v1::Hint& one : proof.hints()) {
    if (one.name() == name) return one.value();
  }
  return {};
}

std::string named_key(std::span<const ProofView> proofs, const v1::Item& item) {
  std::string key = item.record().id();
  for (const ProofView& proof : proofs) {
    if (key.empty()) key = hint(*proof.declared, "key");
  }
  return key;
}

// A tag and the varint after it (a number, or the length of what follows); the cursor then stands
// behind both.
std::optional<std::uint64_t> take_tagged(core::Cursor& cursor, std::uint8_t tag) {
  const auto found = cursor.take_byte();
  if (!found || *found != tag) return std::nullopt;
  const auto length = cursor.take_varint();
  return length ? std::optional(*length) : std::nullopt;
}

// BlockHeader: number (none in the first block), previous hash (none there either) and data hash of
// 32 bytes each, and nothing else: its length must be exactly theirs. The hashes themselves may lie
// beyond what we are shown.
bool looks_like_block(ByteView head) {
  core::Cursor cursor(head);
  const auto length = take_tagged(cursor, 0x0A);
  if (!length) return false;
  const std::size_t start = cursor.offset();
  const auto peek = [&] { return cursor.at_end() ? 0 : head[cursor.offset()]; };
  if (peek() == 0x08 && !take_tagged(cursor, 0x08)) return false;
  if (peek() == 0x12 && (take_tagged(cursor, 0x12) != 32u || !cursor.take(32))) return false;
  if (take_tagged(cursor, 0x1A) != 32u) return false;
  return *length == cursor.offset() - start + 32;
}

// SignedProposal: Proposal, whose first field is a Header, whose first field is a ChannelHeader of
// a transaction.
bool looks_like_question(ByteView head) {
  core::Cursor cursor(head);
  for (int depth = 0; depth < 3; ++depth) {
    if (!take_tagged(cursor, 0x0A)) return false;
  }
  const auto type = take_tagged(cursor, 0x08);
  return type && *type == kEndorserTransaction;
}

// ProposalResponse: version 1, then a Response with status 200.
bool looks_like_answer(ByteView head) {
  core::Cursor cursor(head);
  if (take_tagged(cursor, 0x08) != 1u) return false;
  if (cursor.remaining() > 0 && head[cursor.offset()] == 0x12) {  // a time stamp may stand before
    const auto length = take_tagged(cursor, 0x12);
    if (!length || *length > 32 || !cursor.take(*length)) return false;
  }
  return take_tagged(cursor, 0x22) && take_tagged(cursor, 0x08) == 200u;
}

}  // namespace

OfferedProofs sort_proofs(std::span<const ProofView> proofs, const v1::Item& item,
                          const core::Limits& limits) {
  OfferedProofs result;
  result.key = named_key(proofs, item);
  for (std::size_t i = 0; i < proofs.size(); ++i) {
    if (auto block = parse_block(proofs[i].bytes, limits)) {
      result.blocks.push_back(offer(i, proofs[i].bytes, *std::move(block)));
      result.blocks.back().hint = parse_position(hint(*proofs[i].declared, "transaction"));
    } else if (auto question = parse_signed_question(proofs[i].bytes)) {
      result.questions.push_back(*std::move(question));
    } else if (auto reply = parse_signed_reply(proofs[i].bytes)) {
      result.answers.push_back({i, *std::move(reply)});
    } else {
      result.unreadable.push_back(i);
    }
  }
  return result;
}

bool looks_like_fabric(ByteView head) {
  return looks_like_block(head) || looks_like_question(head) || looks_like_answer(head);
}

}  // namespace heyan::ledgers::fabric
