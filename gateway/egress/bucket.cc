#include "gateway/egress/bucket.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <limits>
#include <utility>

#include "gateway/egress/easy.h"
#include "gateway/ipc/frame_limits.h"
#include "gateway/ops/secrets.h"
#include "verifier/crypto/digest.h"

namespace heyan::egress {
namespace {

using core::ByteView;
using core::ErrorCode;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kDroppedBytes = 64u << 10;  // of what is said with a refusal
constexpr long kOk = 200;
constexpr long kNotFound = 404;
constexpr long kSuccess = 2;  // hundreds
constexpr long kRedirects = 3;

bool is_success(long status) { return status / 100 == kSuccess; }

Failure http_failure(long status) {
  return failure(v1::EGRESS_FAULT_HTTP_STATUS, static_cast<std::uint32_t>(status));
}

bool is_hex(std::string_view text, std::size_t length) {
  return text.size() == length && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

}  // namespace

core::Result<BucketFiles> read_bucket_files(const ops::Bucket& bucket) {
  BucketFiles files;
  HEYAN_TRY(files.tls, read_tls_files(bucket));
  HEYAN_TRY(ops::AccessKey key, ops::read_access_key(bucket.access_key));
  files.access_key = std::move(key.name);
  files.secret = std::move(key.secret);
  return files;
}

bool is_object_name(std::string_view name) {
  constexpr std::string_view kSuffix = ".sealed";
  constexpr std::size_t kCourt = 32;
  constexpr std::size_t kFirst = 2;
  constexpr std::size_t kRest = 62;
  constexpr std::size_t kLength = kCourt + 1 + kFirst + 1 + kRest + kSuffix.size();
  return name.size() == kLength && is_hex(name.substr(0, kCourt), kCourt) && name[kCourt] == '/' &&
         is_hex(name.substr(kCourt + 1, kFirst), kFirst) && name[kCourt + 1 + kFirst] == '/' &&
         is_hex(name.substr(kCourt + kFirst + 2, kRest), kRest) && name.ends_with(kSuffix);
}

// What goes and comes while one call runs.
struct Bucket::Call {
  Gate gate;
  CURL* easy = nullptr;
  Clock::time_point begun = Clock::now();
  Clock::time_point last_byte = begun;
  curl_off_t moved = 0;
  bool late = false;
  const std::function<bool()>* is_unwanted = nullptr;
  bool unwanted = false;

  int file = -1;  // that is sent
  std::uint64_t size = 0;
  std::uint64_t sent = 0;
  bool unreadable = false;

  const Take* take = nullptr;  // what is received; null: it is dropped
  std::uint64_t most = 0;
  std::uint64_t taken = 0;
  bool too_long = false;
  bool without_length = false;
  std::size_t dropped_bytes = 0;
  std::size_t header_bytes = 0;

  static std::size_t send(char* space, std::size_t, std::size_t room, void* self) {
    Call& call = *static_cast<Call*>(self);
    const auto count =
        static_cast<std::size_t>(std::min<std::uint64_t>(room, call.size - call.sent));
    std::size_t got = 0;
    while (got < count) {
      const ssize_t some =
          ::pread(call.file, space + got, count - got, static_cast<off_t>(call.sent + got));
      if (some < 0 && errno == EINTR) continue;
      if (some <= 0) {
        call.unreadable = true;
        return CURL_READFUNC_ABORT;
      }
      got += static_cast<std::size_t>(some);
    }
    call.sent += got;
    return got;
  }

  // Where a connection that was kept turns out to be closed, it is sent anew.
  static int rewind(void* self, curl_off_t offset, int origin) {
    if (origin != SEEK_SET || offset < 0) return CURL_SEEKFUNC_FAIL;
    static_cast<Call*>(self)->sent = static_cast<std::uint64_t>(offset);
    return CURL_SEEKFUNC_OK;
  }

  static std::size_t receive(char* data, std::size_t, std::size_t size, void* self) {
    Call& call = *static_cast<Call*>(self);
    long status = 0;
    curl_easy_getinfo(call.easy, CURLINFO_RESPONSE_CODE, &status);
    if (call.take == nullptr || status != kOk) {
      call.dropped_bytes += size;
      return call.dropped_bytes > kDroppedBytes ? 0 : size;
    }
    curl_off_t length = -1;
    curl_easy_getinfo(call.easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
    call.without_length = length < 0;
    call.too_long = size > call.most - call.taken;
    if (call.without_length || call.too_long) return 0;
    call.taken += size;
    const ByteView piece(reinterpret_cast<const std::uint8_t*>(data), size);
    return (*call.take)(piece) ? size : 0;
  }

  static std::size_t take_header(char*, std::size_t, std::size_t size, void* self) {
    Call& call = *static_cast<Call*>(self);
    call.header_bytes += size;
    call.too_long = call.header_bytes > kHeaderBytes;
    return call.too_long ? 0 : size;
  }

  // Called about once a second, and whenever something moved. A store that was quick must not stand
  // still for the time that it saved; and one that gives a byte a second is no better than one that
  // stands still.
  static int watch(void* self, curl_off_t, curl_off_t received, curl_off_t, curl_off_t sent) {
    Call& call = *static_cast<Call*>(self);
    const auto now = Clock::now();
    const std::chrono::seconds patience(call.gate.to.seconds);
    if (received + sent != call.moved) call.last_byte = now;
    call.moved = received + sent;
    const std::chrono::seconds worth(static_cast<std::uint64_t>(call.moved) /
                                     ipc::kLeastObjectBytesASecond);
    call.late = now > call.last_byte + patience || now > call.begun + patience + worth;
    call.unwanted = *call.is_unwanted && (*call.is_unwanted)();
    return call.late || call.unwanted ? 1 : 0;
  }
};

struct Bucket::Handles {
  Easy easy;
  List headers;
  List connect_to;
};

Bucket::Bucket(const ops::Bucket& bucket, const BucketFiles& files)
    : at_(ops::address_of(bucket)),
      scope_("aws:amz:" + bucket.region + ":s3"),
      files_(files),
      handles_(std::make_unique<Handles>()) {
  handles_->easy.reset(curl_easy_init());
}

Bucket::~Bucket() = default;

// The status of an answer, whatever it is.
std::expected<long, Failure> Bucket::perform(Method method, std::string_view name, Call& call,
                                             ByteView sha256) {
  CURL* easy = handles_->easy.get();
  if (easy == nullptr) return std::unexpected(failure(v1::EGRESS_FAULT_PROTOCOL));
  call.easy = easy;
  call.is_unwanted = &is_unwanted_;
  curl_easy_reset(easy);  // keeps its connections
  const auto set = [easy](CURLoption option, auto value) {
    static_cast<void>(curl_easy_setopt(easy, option, value));
  };
  ops::Destination named = at_;
  if (!at_.tls_name.empty()) named.host = at_.tls_name;
  named.path += name;
  // Of the bucket itself: stores take "BUCKET/" for an object without a name.
  if (name.empty() && named.path.size() > 1) named.path.pop_back();
  const std::string url = ops::url_of(named);
  set(CURLOPT_URL, url.c_str());
  handles_->connect_to = set_out(easy, at_, files_.tls);
  set(CURLOPT_AWS_SIGV4, scope_.c_str());
  set(CURLOPT_USERNAME, files_.access_key.c_str());
  set(CURLOPT_PASSWORD, files_.secret.c_str());
  // Every call names the digest of its body. A header that is taken out ("expect:") would be signed
  // as an empty one.
  handles_->headers = list_of(std::array{"x-amz-content-sha256: " + core::to_hex(sha256)});
  set(CURLOPT_HTTPHEADER, handles_->headers.get());
  switch (method) {
    case Method::kPut:
      set(CURLOPT_UPLOAD, 1L);
      set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(call.size));
      set(CURLOPT_READFUNCTION, &Call::send);
      set(CURLOPT_READDATA, &call);
      set(CURLOPT_SEEKFUNCTION, &Call::rewind);
      set(CURLOPT_SEEKDATA, &call);
      break;
    case Method::kGet:
      set(CURLOPT_HTTPGET, 1L);
      set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(call.most));
      break;
    case Method::kHead:
      set(CURLOPT_NOBODY, 1L);
      break;
    case Method::kDelete:
      set(CURLOPT_CUSTOMREQUEST, "DELETE");
      break;
  }
  set(CURLOPT_WRITEFUNCTION, &Call::receive);
  set(CURLOPT_WRITEDATA, &call);
  set(CURLOPT_HEADERFUNCTION, &Call::take_header);
  set(CURLOPT_HEADERDATA, &call);
  set(CURLOPT_OPENSOCKETDATA, &call.gate);
  set(CURLOPT_NOPROGRESS, 0L);
  set(CURLOPT_XFERINFOFUNCTION, &Call::watch);
  set(CURLOPT_XFERINFODATA, &call);

  const CURLcode code = curl_easy_perform(easy);
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  // A refusal that says a lot, or more than an object may be long, is a refusal all the same.
  const bool refused = status >= kRedirects * 100;
  const bool cut = refused && (code == CURLE_WRITE_ERROR || code == CURLE_FILESIZE_EXCEEDED);
  if (code != CURLE_OK && !(cut && !call.too_long)) {
    if (call.unwanted) return std::unexpected(failure(v1::EGRESS_FAULT_CONNECTION));
    if (call.late) return std::unexpected(failure(v1::EGRESS_FAULT_TIME));
    if (call.unreadable) return std::unexpected(failure(v1::EGRESS_FAULT_FILES));
    if (call.too_long) return std::unexpected(failure(v1::EGRESS_FAULT_SIZE));
    if (call.without_length) return std::unexpected(failure(v1::EGRESS_FAULT_PROTOCOL));
    // Whoever takes the pieces is gone.
    if (code == CURLE_WRITE_ERROR) return std::unexpected(failure(v1::EGRESS_FAULT_CONNECTION));
    return std::unexpected(failure_of(code, call.gate));
  }
  if (status / 100 == kRedirects) return std::unexpected(failure(v1::EGRESS_FAULT_REDIRECT));
  return status;
}

std::expected<void, Failure> Bucket::expect_object() const {
  curl_off_t length = -1;
  curl_easy_getinfo(handles_->easy.get(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
  if (length >= 0 && std::cmp_greater_equal(length, kLeastObjectBytes)) return {};
  return std::unexpected(failure(v1::EGRESS_FAULT_PROTOCOL));
}

std::expected<Bucket::Found, Failure> Bucket::absent_or(long status) {
  if (status != kNotFound) return std::unexpected(http_failure(status));
  HEYAN_CHECK_OK(there());
  return Found::kAbsent;
}

std::expected<void, Failure> Bucket::put(std::string_view name, int file, std::uint64_t size,
                                         ByteView sha256) {
  struct stat status{};
  if (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode) ||
      std::cmp_not_equal(status.st_size, size)) {
    return std::unexpected(failure(v1::EGRESS_FAULT_FILES));
  }
  Call call{.gate = {.to = at_}, .file = file, .size = size};
  HEYAN_TRY(const long answered, perform(Method::kPut, name, call, sha256));
  if (answered != kOk) return std::unexpected(http_failure(answered));
  // A success before all of it was sent is none.
  if (call.sent != size) return std::unexpected(failure(v1::EGRESS_FAULT_PROTOCOL));
  return {};
}

std::expected<Bucket::Found, Failure> Bucket::get(std::string_view name, std::uint64_t most,
                                                  const Take& take) {
  constexpr std::uint64_t kMost = std::numeric_limits<curl_off_t>::max();
  Call call{.gate = {.to = at_}, .take = &take, .most = std::min(most, kMost)};
  HEYAN_TRY(const long status, perform(Method::kGet, name, call, crypto::sha256({})));
  if (status != kOk) return absent_or(status);
  HEYAN_CHECK_OK(expect_object());
  return Found::kThere;
}

std::expected<Bucket::Found, Failure> Bucket::find(std::string_view name) {
  Call call{.gate = {.to = at_}};
  HEYAN_TRY(const long status, perform(Method::kHead, name, call, crypto::sha256({})));
  if (status != kOk) return absent_or(status);
  HEYAN_CHECK_OK(expect_object());
  return Found::kThere;
}

std::expected<void, Failure> Bucket::remove(std::string_view name) {
  Call call{.gate = {.to = at_}};
  HEYAN_TRY(const long status, perform(Method::kDelete, name, call, crypto::sha256({})));
  if (is_success(status)) return {};
  HEYAN_CHECK_OK(absent_or(status));
  return {};
}

std::expected<void, Failure> Bucket::there() {
  Call call{.gate = {.to = at_}};
  HEYAN_TRY(const long status, perform(Method::kHead, {}, call, crypto::sha256({})));
  if (status == kOk) return {};
  return std::unexpected(http_failure(status));
}

}  // namespace heyan::egress
