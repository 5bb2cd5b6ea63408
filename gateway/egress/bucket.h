// Sealed files in a bucket of an S3-compatible store: that of [vault.s3], and no other.
//
// Four operations over HTTP/1.1 (Amazon S3 API: PutObject, GetObject, HeadObject, DeleteObject),
// signed with Signature Version 4 (libcurl, CURLOPT_AWS_SIGV4), and one whether the bucket is there
// (HeadBucket). No multipart upload, no listing, no condition: stores differ there.
//
// Threat: as transport.h says; besides, the store keeps what it likes. What it hands out is
// ciphertext that its reader authenticates; here its size and time are bounded, and nothing but 200
// with the length of a sealed object, and all of it, counts as one: an empty answer is a proxy's or
// a store's that is being mended, and no evidence that was changed. Put is what was answered with
// 200 (PutObject), taken for later (202) is not. What is said with a refusal is dropped unread:
// "not found" is believed where the bucket itself is found, since another status, or a bucket that
// is gone, must not look like evidence that is. Sources: libcurl's manual, security decision 32.
// One thread.
#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/egress/transport.h"
#include "gateway/ops/vault.h"

namespace heyan::egress {

// A key, and a sealed file without content: gateway/store/sealed_object.h.
inline constexpr std::uint64_t kLeastObjectBytes = 140;

struct BucketFiles {
  TlsFiles tls;
  std::string access_key;
  std::string secret;
};
// Read before the sandbox is entered. As read_tls_files() and ops::read_access_key().
core::Result<BucketFiles> read_bucket_files(const ops::Bucket& bucket);

// "COURT/ab/cdef….sealed", as gateway/store/vault_names.h makes it.
bool is_object_name(std::string_view name);

class Bucket {
 public:
  enum class Found : std::uint8_t { kThere, kAbsent };

  // `files` must outlive it.
  Bucket(const ops::Bucket& bucket, const BucketFiles& files);
  ~Bucket();
  Bucket(const Bucket&) = delete;
  Bucket& operator=(const Bucket&) = delete;

  // Of the calls from here on, asked about once a second: true ends one, since nobody waits for it
  // any more. CONNECTION.
  void end_where(std::function<bool()> is_unwanted) { is_unwanted_ = std::move(is_unwanted); }

  // `size` bytes of `file` from its beginning, whose place is left; in the place of what is there.
  // FILES: it has other bytes than so many. Nothing is returned only where the store has taken all
  // of it.
  std::expected<void, Failure> put(std::string_view name, int file, std::uint64_t size,
                                   core::ByteView sha256);
  // Piece by piece; false from `take` ends the call: CONNECTION. SIZE: more than `most`. PROTOCOL:
  // without a length, or less than an object has. What was taken is worth something only where all
  // went well.
  using Take = std::function<bool(core::ByteView)>;
  std::expected<Found, Failure> get(std::string_view name, std::uint64_t most, const Take& take);
  std::expected<Found, Failure> find(std::string_view name);
  // Also where there is none.
  std::expected<void, Failure> remove(std::string_view name);
  std::expected<void, Failure> there();

 private:
  struct Call;
  struct Handles;
  enum class Method : std::uint8_t { kPut, kGet, kHead, kDelete };
  std::expected<long, Failure> perform(Method method, std::string_view name, Call& call,
                                       core::ByteView sha256);
  // How long the object is that an answer is about.
  std::expected<void, Failure> expect_object() const;
  // Of a status that is no success.
  std::expected<Found, Failure> absent_or(long status);

  const ops::Destination at_;
  const std::string scope_;  // "aws:amz:REGION:s3"
  const BucketFiles& files_;
  std::unique_ptr<Handles> handles_;
  std::function<bool()> is_unwanted_;
};

}  // namespace heyan::egress
