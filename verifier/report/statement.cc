#include "verifier/report/statement.h"

#include <algorithm>
#include <chrono>

#include "verifier/canonical.h"
#include "verifier/core/base32.h"
#include "verifier/core/cursor.h"

namespace heyan::report {
namespace {

using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;

constexpr std::string_view kBegins = "HY1.";
constexpr std::string_view kPurpose = "heyan.statement.v1\n";
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kKeyBytes = 4;
constexpr std::size_t kTimeBytes = 5;
constexpr std::size_t kDigestBytes = 32;
constexpr std::size_t kSignatureBytes = 64;
constexpr std::size_t kMostText = 1024;
constexpr std::uint64_t kMostItems = 1'000'000;
const crypto::Scheme kScheme{.kind = crypto::SignatureKind::kEcdsa,
                             .hash = crypto::Hash::kSha256,
                             .encoding = crypto::SignatureEncoding::kRs,
                             .sm2_user_id = {}};

ByteView key_id(const crypto::PublicKey& key) { return key.sha256().first(kKeyBytes); }

Bytes fingerprint_of(const v1::ItemReport& item) {
  Bytes fingerprint(kStatementDigestBytes, 0);
  for (const v1::MeasuredDigest& digest : item.measured().digests()) {
    if (digest.algorithm() != v1::DIGEST_ALGORITHM_SHA_256 || digest.first() != digest.second() ||
        digest.first().size() != kDigestBytes) {
      continue;
    }
    std::ranges::copy(core::as_bytes(digest.first()).first(kStatementDigestBytes),
                      fingerprint.begin());
  }
  return fingerprint;
}

class Writer {
 public:
  void byte(std::uint64_t value) { out_.push_back(static_cast<std::uint8_t>(value)); }
  void bytes(ByteView bytes) { out_.insert(out_.end(), bytes.begin(), bytes.end()); }
  void varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) byte((value & 0x7f) | 0x80);
    byte(value);
  }
  void seconds(core::UtcTime time) {
    const auto count = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
    for (std::size_t i = kTimeBytes; i-- > 0;) {
      byte(static_cast<std::uint64_t>(count) >> (8 * i) & 0xff);
    }
  }
  Bytes take() { return std::move(out_); }

 private:
  Bytes out_;
};

Result<Bytes> encode(const Statement& statement, ByteView key) {
  const auto number = read_report_number(statement.number);
  if (!number || statement.payload_sha256.size() != kDigestBytes) {
    return fail(ErrorCode::kUnsupported, "this is not a report of a gateway");
  }
  Writer out;
  out.byte(kVersion);
  out.bytes(key);
  out.byte(statement.sample ? 1 : 0);
  out.bytes(*number);
  out.seconds(statement.as_of);
  out.varint(statement.log_index);
  out.bytes(statement.payload_sha256);
  out.byte(static_cast<std::uint64_t>(statement.verdict));
  out.varint(statement.count);
  for (const StatementItem& item : statement.items) {
    out.byte(static_cast<std::uint64_t>(item.verdict));
    out.bytes(item.fingerprint);
  }
  if (statement.count > kStatementItems) {
    for (const std::uint64_t count : statement.counts) out.varint(count);
  }
  return out.take();
}

Result<v1::Verdict> read_verdict(core::Cursor& cursor) {
  HEYAN_TRY(const std::uint8_t number, cursor.take_byte());
  if (number == 0 || !v1::Verdict_IsValid(number)) {
    return fail(ErrorCode::kUnknown, "a statement with an unknown verdict");
  }
  return static_cast<v1::Verdict>(number);
}

Result<void> read_items(core::Cursor& cursor, Statement& statement) {
  HEYAN_TRY(statement.count, cursor.take_varint());
  if (statement.count > kMostItems) return fail(ErrorCode::kLimit, "too many items");
  if (statement.count <= kStatementItems) {
    for (std::uint64_t i = 0; i < statement.count; ++i) {
      HEYAN_TRY(const v1::Verdict verdict, read_verdict(cursor));
      HEYAN_TRY(const ByteView fingerprint, cursor.take(kStatementDigestBytes));
      statement.items.push_back({verdict, core::to_bytes(fingerprint)});
    }
    return {};
  }
  std::uint64_t sum = 0;
  for (std::uint64_t& count : statement.counts) {
    HEYAN_TRY(count, cursor.take_varint());
    if (count > kMostItems) return fail(ErrorCode::kLimit, "too many items");
    sum += count;
  }
  if (sum != statement.count) return fail(ErrorCode::kMalformed, "the counts do not add up");
  return {};
}

Result<Statement> decode(core::Cursor& cursor, Bytes& key) {
  Statement statement;
  HEYAN_TRY(const std::uint8_t version, cursor.take_byte());
  if (version != kVersion) return fail(ErrorCode::kUnsupported, "a statement of another version");
  HEYAN_TRY(const ByteView id, cursor.take(kKeyBytes));
  key = core::to_bytes(id);
  HEYAN_TRY(const std::uint8_t flags, cursor.take_byte());
  if (flags > 1) return fail(ErrorCode::kUnknown, "a statement with unknown flags");
  statement.sample = flags == 1;
  HEYAN_TRY(const ByteView number, cursor.take(kReportNumberBytes));
  statement.number = report_number(number);
  HEYAN_TRY(const ByteView time, cursor.take(kTimeBytes));
  std::int64_t seconds = 0;
  for (const std::uint8_t byte : time) seconds = seconds << 8 | byte;
  statement.as_of = core::UtcTime(std::chrono::seconds(seconds));
  HEYAN_TRY(statement.log_index, cursor.take_varint());
  HEYAN_TRY(const ByteView payload, cursor.take(kDigestBytes));
  statement.payload_sha256 = core::to_bytes(payload);
  HEYAN_TRY(const std::uint8_t verdict, cursor.take_byte());
  if (verdict == 0 || !v1::SubmissionVerdict_IsValid(verdict)) {
    return fail(ErrorCode::kUnknown, "a statement with an unknown verdict");
  }
  statement.verdict = static_cast<v1::SubmissionVerdict>(verdict);
  HEYAN_CHECK_OK(read_items(cursor, statement));
  return statement;
}

Bytes to_sign(ByteView body) {
  Bytes message = core::to_bytes(kPurpose);
  message.insert(message.end(), body.begin(), body.end());
  return message;
}

}  // namespace

Result<Statement> statement_of(const v1::Report& report, ByteView payload_sha256,
                               std::uint64_t log_index) {
  Statement statement{
      .number = report.number(),
      .as_of = std::chrono::floor<std::chrono::seconds>(core::from_unix_ms(report.as_of_ms())),
      .log_index = log_index,
      .payload_sha256 = core::to_bytes(payload_sha256),
      .verdict = report.verdict(),
      .sample = report.trust().sample(),
      .count = static_cast<std::uint64_t>(report.evidence_size()),
      .items = {},
      .counts = {}};
  if (!read_report_number(statement.number)) {
    return fail(ErrorCode::kUnsupported, "this is not a report of a gateway");
  }
  const bool each = statement.count <= kStatementItems;
  for (const v1::ItemReport& item : report.evidence()) {
    if (each) {
      statement.items.push_back({item.verdict(), fingerprint_of(item)});
    } else if (item.verdict() != v1::VERDICT_UNSPECIFIED) {
      ++statement.counts.at(static_cast<std::size_t>(item.verdict()) - 1);
    }
  }
  return statement;
}

Result<std::string> sign_statement(const Statement& statement, const crypto::SigningKey& key) {
  HEYAN_TRY(Bytes bytes, encode(statement, key_id(key.public_key())));
  HEYAN_TRY(const Bytes signature, key.sign(kScheme, to_sign(bytes)));
  bytes.insert(bytes.end(), signature.begin(), signature.end());
  return std::string(kBegins) + core::to_base32(bytes);
}

StatementVerdict verify_statement(std::string_view text, std::span<const crypto::PublicKey> pinned,
                                  crypto::SignatureChecker& checker) {
  StatementVerdict verdict;
  if (text.size() > kMostText || !text.starts_with(kBegins)) return verdict;
  const auto bytes = core::from_base32(text.substr(kBegins.size()));
  if (!bytes || bytes->size() <= kSignatureBytes) return verdict;
  const ByteView body = ByteView(*bytes).first(bytes->size() - kSignatureBytes);
  core::Cursor cursor(body);
  Bytes key;
  auto statement = decode(cursor, key);
  if (!statement || !cursor.at_end()) return verdict;
  const auto issuer = std::ranges::find_if(
      pinned, [&](const crypto::PublicKey& one) { return core::equal(key_id(one), key); });
  if (issuer == pinned.end()) {
    verdict.outcome = StatementOutcome::kIssuerUnknown;
    return verdict;
  }
  const auto outcome =
      checker.verify(*issuer, kScheme, to_sign(body), ByteView(*bytes).last(kSignatureBytes));
  if (outcome == crypto::SignatureOutcome::kValid) {
    verdict = {StatementOutcome::kValid, *std::move(statement)};
  } else {
    verdict.outcome = outcome == crypto::SignatureOutcome::kEnginesDisagree
                          ? StatementOutcome::kEnginesDisagree
                          : StatementOutcome::kInvalid;
  }
  return verdict;
}

}  // namespace heyan::report
