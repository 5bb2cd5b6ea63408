#include "gateway/front/body_digests.h"

#include <array>
#include <string>

#include "gateway/http/digest_fields.h"

namespace heyan::front {
namespace {

using core::Error;
using core::ErrorCode;

constexpr Error kContentUnreadable{
    ErrorCode::kMalformed,
    "Content-Digest is no list like sha-256=:BASE64:; correct it, or leave it out"};
constexpr Error kContentDiffers{ErrorCode::kMalformed,
                                "the body that arrived is not the one that Content-Digest "
                                "announces; nothing of it was taken: send it again"};
constexpr Error kWholeUnreadable{
    ErrorCode::kMalformed,
    "Repr-Digest is no list like sha-256=:BASE64:; correct it, or leave it out"};
constexpr Error kWholeDiffers{ErrorCode::kMalformed,
                              "the body that arrived is not the one that Repr-Digest announces; "
                              "nothing of it was taken: send it again"};
constexpr Error kNoDigest{ErrorCode::kInternal, "a digest could not be computed"};

// Lines of one field are one list (RFC 9110 section 5.3).
std::string joined(const std::vector<http::Header>& fields, std::string_view name) {
  std::string all;
  for (const http::Header& field : fields) {
    if (field.name != name) continue;
    if (!all.empty()) all += ", ";
    all += field.value;
  }
  return all;
}

}  // namespace

void BodyDigests::begin(const http::RequestHead& head) {
  announced_.clear();
  state_ = {};
  take(head, "content-digest", kContentUnreadable, kContentDiffers);
  if (head.method != http::Method::kPatch) {
    take(head, "repr-digest", kWholeUnreadable, kWholeDiffers);
  }
}

void BodyDigests::take(const http::RequestHead& head, std::string_view field,
                       const Error& unreadable, const Error& differs) {
  const std::string text = joined(head.fields, field);
  if (text.empty()) return;
  const auto digests = http::parse_digests(text);
  if (!digests) {
    state_ = std::unexpected(unreadable);
    return;
  }
  if (digests->sha256) announce(EVP_sha256(), *digests->sha256, differs);
  if (digests->sha512) announce(EVP_sha512(), *digests->sha512, differs);
}

void BodyDigests::announce(const EVP_MD* algorithm, core::Bytes expected, const Error& differs) {
  std::unique_ptr<EVP_MD_CTX, Free> context(EVP_MD_CTX_new());
  if (context == nullptr || EVP_DigestInit_ex(context.get(), algorithm, nullptr) != 1) {
    state_ = std::unexpected(kNoDigest);
    return;
  }
  announced_.push_back(
      {.context = std::move(context), .expected = std::move(expected), .differs = differs});
}

void BodyDigests::update(core::ByteView bytes) {
  for (const Announced& one : announced_) {
    if (EVP_DigestUpdate(one.context.get(), bytes.data(), bytes.size()) != 1) {
      state_ = std::unexpected(kNoDigest);
    }
  }
}

core::Result<void> BodyDigests::finish() {
  for (const Announced& one : announced_) {
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    if (EVP_DigestFinal_ex(one.context.get(), digest.data(), &size) != 1) {
      state_ = std::unexpected(kNoDigest);
    } else if (state_ && !core::equal(core::ByteView(digest).first(size), one.expected)) {
      state_ = std::unexpected(one.differs);
    }
  }
  announced_.clear();
  return state_;
}

}  // namespace heyan::front
