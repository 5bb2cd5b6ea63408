#include "verifier/ledgers/opentimestamps/proof.h"

#include <algorithm>

namespace heyan::ledgers::opentimestamps {
namespace {

using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;
using Tag = std::array<std::uint8_t, kTagBytes>;

constexpr std::array<std::uint8_t, 31> kMagic = {
    0x00, 'O', 'p', 'e', 'n', 'T', 'i',  'm',  'e',  's',  't',  'a',  'm',  'p',  's', 0x00,
    0x00, 'P', 'r', 'o', 'o', 'f', 0x00, 0xbf, 0x89, 0xe2, 0xe8, 0x84, 0xe8, 0x92, 0x94};
constexpr std::uint8_t kVersion = 1;
constexpr std::uint8_t kAttestation = 0x00;
constexpr std::uint8_t kFork = 0xff;
constexpr std::size_t kRootBytes = 32;
constexpr std::size_t kMostPayloadBytes = 8192;
constexpr std::size_t kMostUriBytes = 1000;

struct KnownTag {
  Tag tag;
  ClaimKind kind;
};
constexpr std::array kTags = {
    KnownTag{{0x05, 0x88, 0x96, 0x0d, 0x73, 0xd7, 0x19, 0x01}, ClaimKind::kBitcoin},
    KnownTag{{0x83, 0xdf, 0xe3, 0x0d, 0x2e, 0xf9, 0x0c, 0x8e}, ClaimKind::kPending},
    KnownTag{{0x06, 0x86, 0x9a, 0x0d, 0x73, 0xd7, 0x1b, 0x45}, ClaimKind::kLitecoin},
    KnownTag{{0x30, 0xfe, 0x80, 0x87, 0xb5, 0xc7, 0xea, 0xd7}, ClaimKind::kEthereum},
};

bool is_of_uri(std::uint8_t character) {
  constexpr std::string_view kMarks = "-._/:";
  const char c = static_cast<char>(character);
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         kMarks.find(c) != std::string_view::npos;
}

Result<ByteView> take_bytes(core::Cursor& cursor, std::size_t most) {
  HEYAN_TRY(const std::uint64_t size, cursor.take_padded_varint());
  if (size > most) return fail(ErrorCode::kLimit, "a field is too long", cursor.offset());
  return cursor.take(size);
}

Result<std::string> read_uri(core::Cursor& cursor) {
  HEYAN_TRY(const ByteView uri, take_bytes(cursor, kMostUriBytes));
  if (!std::ranges::all_of(uri, is_of_uri))
    return fail(ErrorCode::kMalformed, "a calendar's address has other characters");
  return core::to_string(uri);
}

// What is known must end with its payload; of what is not known nobody can say.
Result<void> read_payload(ByteView payload, Claim& claim) {
  core::Cursor cursor(payload);
  if (claim.kind == ClaimKind::kUnknown) return {};
  if (claim.kind == ClaimKind::kPending) {
    HEYAN_TRY(claim.uri, read_uri(cursor));
  } else {
    HEYAN_TRY(claim.height, cursor.take_padded_varint());
  }
  return cursor.expect_end();
}

// The tree, from front to back. A node with more than one branch waits until the branch ends.
class Walk {
 public:
  Walk(core::Cursor& cursor, crypto::SignatureChecker& checker, Bytes message)
      : cursor_(cursor), checker_(checker), here_{std::move(message), 0} {}

  Result<std::vector<Claim>> run() {
    for (;;) {
      HEYAN_TRY(std::uint8_t tag, cursor_.take_byte());
      if (tag == kFork) {
        waiting_.push_back(here_);
        HEYAN_TRY(tag, cursor_.take_byte());
      }
      if (tag != kAttestation) {
        HEYAN_CHECK_OK(step(tag));
        continue;
      }
      HEYAN_CHECK_OK(read_claim());
      if (waiting_.empty()) return std::move(claims_);
      here_ = std::move(waiting_.back());
      waiting_.pop_back();
    }
  }

 private:
  struct Node {
    Bytes message;
    std::size_t depth = 0;
  };

  std::unexpected<core::Error> refuse(ErrorCode code, std::string_view why) const {
    return fail(code, why, cursor_.offset());
  }

  Result<void> step(std::uint8_t tag) {
    const auto operation = operation_of(tag);
    if (!operation) return refuse(ErrorCode::kUnknown, "an operation is not known");
    if (here_.depth == kMostDepth) return refuse(ErrorCode::kLimit, "too many operations in a row");
    work_ += here_.message.size();
    if (work_ > kMostWorkBytes)
      return refuse(ErrorCode::kLimit, "the operations are too much work");
    HEYAN_TRY(here_.message, apply(*operation, here_.message, cursor_, checker_));
    ++here_.depth;
    return {};
  }

  Result<void> read_claim() {
    if (claims_.size() == kMostAttestations)
      return refuse(ErrorCode::kLimit, "too many attestations");
    HEYAN_TRY(const ByteView tag, cursor_.take(kTagBytes));
    HEYAN_TRY(const ByteView payload, take_bytes(cursor_, kMostPayloadBytes));
    Claim claim;
    std::ranges::copy(tag, claim.tag.begin());
    const auto known = std::ranges::find(kTags, claim.tag, &KnownTag::tag);
    if (known != kTags.end()) claim.kind = known->kind;
    if (const auto read = read_payload(payload, claim); !read)
      return refuse(read.error().code, read.error().text);
    const bool is_root = here_.message.size() == kRootBytes;
    if (claim.kind == ClaimKind::kBitcoin && is_root) claim.root = here_.message;
    claims_.push_back(std::move(claim));
    return {};
  }

  core::Cursor& cursor_;
  crypto::SignatureChecker& checker_;
  Node here_;
  std::vector<Node> waiting_;  // at most one a depth
  std::size_t work_ = 0;
  std::vector<Claim> claims_;
};

}  // namespace

bool looks_like_proof(ByteView head) {
  return head.size() >= kMagic.size() && core::equal(head.first(kMagic.size()), kMagic);
}

Result<Proof> read_proof(ByteView bytes, crypto::SignatureChecker& checker) {
  if (bytes.size() > kMostFileBytes) return fail(ErrorCode::kLimit, "the file is too long");
  if (!looks_like_proof(bytes)) return fail(ErrorCode::kMalformed, "it is no OpenTimestamps file");
  core::Cursor cursor(bytes);
  HEYAN_CHECK_OK(cursor.take(kMagic.size()));
  HEYAN_TRY(const std::uint8_t version, cursor.take_byte());
  if (version != kVersion)
    return fail(ErrorCode::kUnsupported, "the version is not 1", cursor.offset());
  HEYAN_TRY(const std::uint8_t tag, cursor.take_byte());
  const auto hash = operation_of(tag);
  const auto size = hash ? digest_bytes(*hash) : std::nullopt;
  if (!size) return fail(ErrorCode::kUnknown, "the file's digest is not known", cursor.offset());
  HEYAN_TRY(const ByteView digest, cursor.take(*size));
  Proof proof{.file_hash = *hash, .file_digest = core::to_bytes(digest), .claims = {}};
  HEYAN_TRY(proof.claims, Walk(cursor, checker, proof.file_digest).run());
  HEYAN_CHECK_OK(cursor.expect_end());
  return proof;
}

}  // namespace heyan::ledgers::opentimestamps
