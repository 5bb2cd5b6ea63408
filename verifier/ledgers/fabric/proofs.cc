#include "verifier/ledgers/fabric/proofs.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "verifier/core/cursor.h"
#include "verifier/ledgers/fabric/transaction.h"

namespace heyan::ledgers::fabric {
namespace {

// What reading the blocks of one item may cost: a few hundred megabytes.
constexpr std::size_t kMaxUnits = 2'500'000;
constexpr std::size_t kMaxNamed = 64;
constexpr std::string_view kKeyHint = "key";
constexpr std::string_view kTransactionHint = "transaction";

// A decimal that prints back to the same characters.
std::optional<std::size_t> parse_position(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return std::to_string(value) == text ? std::optional(value) : std::nullopt;
}

// The hints of one proof. A name that stands twice with different values says nothing.
class Hints {
 public:
  Hints(const v1::Proof& proof, std::set<std::string>& unread) {
    for (const v1::Hint& one : proof.hints()) {
      if (one.name() == kKeyHint) {
        if (one.value().empty() || (!key.empty() && key != one.value())) unread.insert(one.name());
        key = one.value();
      } else if (one.name() == kTransactionHint) {
        const auto position = parse_position(one.value());
        if (!position || (transaction && transaction != position)) unread.insert(one.name());
        transaction = position;
      }
    }
  }

  std::string key;
  std::optional<std::size_t> transaction;
};

class Sorter {
 public:
  Sorter(std::span<const ProofView> proofs, const v1::Item& item, ReadBlocks& blocks,
         const core::Limits& limits)
      : proofs_(proofs), item_(item), blocks_(blocks), limits_(limits) {}

  Result<OfferedProofs> run() {
    std::vector<NamedRecord> hinted;
    for (std::size_t i = 0; i < proofs_.size(); ++i) {
      const Hints hints(*proofs_[i].declared, result_.unread_hints);
      if (!hints.key.empty()) keys_.insert(hints.key);
      HEYAN_TRY(const ReadBlock* const block, place(i));
      // Of config blocks, questions and answers no transaction holds the record.
      const bool in_block = block != nullptr && !block->is_config() && hints.transaction;
      if (in_block || !hints.key.empty()) {
        hinted.push_back({.key = hints.key,
                          .block = in_block ? block : nullptr,
                          .transaction = in_block ? hints.transaction : std::nullopt});
      }
    }
    HEYAN_CHECK_OK(take_named(std::move(hinted)));
    return std::move(result_);
  }

 private:
  // Null where the proof is no block.
  Result<const ReadBlock*> place(std::size_t proof) {
    const ByteView bytes = proofs_[proof].bytes;
    const auto [known, added] = by_bytes_.try_emplace(core::to_bytes(proofs_[proof].sha256));
    if (!added) return known->second;
    if (auto block = blocks_.read(bytes, proofs_[proof].sha256, limits_)) {
      units_ += block->units();
      if (units_ > kMaxUnits)
        return core::fail(core::ErrorCode::kLimit, "more transactions than one item may offer");
      known->second = block.get();
      result_.blocks.push_back({.proof = proof, .read = std::move(block)});
    } else if (auto question = parse_signed_question(bytes)) {
      result_.questions.push_back(*std::move(question));
    } else if (auto reply = parse_signed_reply(bytes)) {
      result_.answers.push_back({proof, *std::move(reply)});
    } else {
      result_.unreadable.push_back(proof);
    }
    return known->second;
  }

  // Hints by position first; a key that is named by position is not named alone besides.
  Result<void> take_named(std::vector<NamedRecord> hinted) {
    const std::string& id = item_.record().id();
    const std::string only = !id.empty() ? id : keys_.size() == 1 ? *keys_.begin() : std::string();
    std::ranges::stable_partition(hinted,
                                  [](const NamedRecord& one) { return one.block != nullptr; });
    for (NamedRecord& one : hinted) {
      if (one.key.empty()) one.key = only;
      one.contradicts_item = !id.empty() && one.key != id;
      add(std::move(one));
    }
    if (!id.empty() || result_.named.empty()) add({.key = id, .block = nullptr, .transaction = {}});
    if (result_.named.size() > kMaxNamed)
      return core::fail(core::ErrorCode::kLimit, "more records named than one item may");
    return {};
  }

  void add(NamedRecord one) {
    const bool known = std::ranges::any_of(result_.named, [&](const NamedRecord& other) {
      if (one.key != other.key) return false;
      return one.block == nullptr ||
             (other.block != nullptr && one.block->header() == other.block->header() &&
              one.transaction == other.transaction);
    });
    if (!known && result_.named.size() <= kMaxNamed) result_.named.push_back(std::move(one));
  }

  std::span<const ProofView> proofs_;
  const v1::Item& item_;
  ReadBlocks& blocks_;
  const core::Limits& limits_;
  OfferedProofs result_;
  std::map<Bytes, const ReadBlock*> by_bytes_;
  std::set<std::string> keys_;
  std::size_t units_ = 0;
};

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

Result<OfferedProofs> sort_proofs(std::span<const ProofView> proofs, const v1::Item& item,
                                  ReadBlocks& blocks, const core::Limits& limits) {
  return Sorter(proofs, item, blocks, limits).run();
}

bool looks_like_fabric(ByteView head) {
  return looks_like_block(head) || looks_like_question(head) || looks_like_answer(head);
}

}  // namespace heyan::ledgers::fabric
