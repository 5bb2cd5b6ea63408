#include "gateway/audit/record.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "verifier/core/limits.h"
#include "verifier/crypto/digest.h"

namespace heyan::audit {
namespace {

using core::json::Value;

constexpr std::size_t kDigestBytes = 32;
constexpr std::int64_t kMost = (std::int64_t{1} << 53) - 1;  // of an integer: RFC 8785
constexpr core::Limits kLine{.json_bytes = kLineBytes, .json_depth = 4, .json_nodes = 256};

constexpr std::array kEvents = std::to_array<std::string_view>({
    "segment",
    "mended",
    "shortened",
    "clock-back",
    "started",
    "stopped",
    "change-asked",
    "sign-in",
    "sign-out",
    "password-changed",
    "second-factor-proposed",
    "second-factor-confirmed",
    "second-factor-removed",
    "list-read",
    "case-read",
    "file-read",
    "report-read",
    "filed",
    "accepted",
    "upload-begun",
    "upload-dropped",
    "verification-asked",
    "withdrawal-asked",
    "supplement-asked",
    "annotated",
    "deletion-asked",
    "deletion-confirmed",
    "deletion-cancelled",
    "held",
    "released",
    "deletion-begun",
    "deleted",
    "court-message",
    "court-answer-read",
    "trust-previewed",
    "assigned",
    "unassigned",
    "access-asked",
    "glass-broken",
    "access-list-read",
    "refused",
    "judged",
    "receipt-signed",
    "report-signed",
    "statement-signed",
    "seal-signed",
    "withdrawal-logged",
    "deletion-logged",
    "checkpoint-signed",
    "head-logged",
    "account-added",
    "account-disabled",
    "account-enabled",
    "account-reset",
    "account-linked",
    "account-unlinked",
    "backup-begun",
    "backup-made",
    "restored",
    "database-begun",
    "database-prepared",
    "log-renew-begun",
    "log-renewed",
    "replay-begun",
    "replayed",
});
static_assert(kEvents.size() == static_cast<std::size_t>(Event::kReplayed) + 1);
constexpr std::array<std::string_view, 3> kOutcomes = {"done", "refused", "failed"};
constexpr std::array<std::string_view, 6> kFaults = {"malformed", "sequence", "sha256",
                                                     "sm3",       "time",     "writer"};

template <typename Word, std::size_t N>
std::optional<Word> find(const std::array<std::string_view, N>& words, const std::string* word) {
  const auto found = word == nullptr ? words.end() : std::ranges::find(words, *word);
  if (found == words.end()) return std::nullopt;
  return static_cast<Word>(found - words.begin());
}

const std::string* text(const Value& value, std::string_view name) {
  const Value* found = value.find(name);
  return found == nullptr ? nullptr : found->as_string();
}

core::Bytes digest(const Value& value, std::string_view name) {
  const std::string* hex = text(value, name);
  auto bytes = hex == nullptr ? std::nullopt : core::from_hex(*hex);
  return bytes && bytes->size() == kDigestBytes ? *std::move(bytes) : core::Bytes();
}

// What our writer can write: what else there is would end the program in it.
bool is_plain(const Value& detail) {
  if (detail.is_null()) return true;
  const Value::Object* members = detail.as_object();
  return members != nullptr && std::ranges::all_of(*members, [](const core::json::Member& member) {
           const Value& value = member.second;
           const std::int64_t* number = value.as_integer();
           const Value::Array* list = value.as_array();
           if (number != nullptr) return *number >= -kMost && *number <= kMost;
           if (list == nullptr) return value.as_string() != nullptr || value.as_bool() != nullptr;
           return std::ranges::all_of(*list,
                                      [](const Value& one) { return one.as_string() != nullptr; });
         });
}

}  // namespace

std::string_view name(Event event) { return kEvents.at(static_cast<std::size_t>(event)); }
std::string_view name(Outcome outcome) { return kOutcomes.at(static_cast<std::size_t>(outcome)); }
std::string_view name(Fault fault) { return kFaults.at(static_cast<std::size_t>(fault)); }

std::string hidden(std::string_view name) {
  return core::to_hex(crypto::sha256(core::as_bytes(name)));
}

std::string encode(const Record& record) {
  const Entry& entry = record.entry;
  Value value;
  value.set("seq", record.seq)
      .set("at", core::format_rfc3339(record.at))
      .set("writer", record.writer)
      .set("event", name(entry.event))
      .set("actor", entry.actor)
      .set("subject", entry.subject)
      .set("outcome", name(entry.outcome))
      .set("prevSha256", core::to_hex(record.sha256_before))
      .set("prevSm3", core::to_hex(record.sm3_before));
  if (!entry.detail.is_null()) value.set("detail", entry.detail);
  return core::json::write_canonical(value);
}

std::expected<Record, Fault> decode(std::string_view line) {
  const auto value = core::json::parse(core::as_bytes(line), kLine);
  if (!value) return std::unexpected(Fault::kMalformed);
  const Value* seq = value->find("seq");
  const std::string* writer = text(*value, "writer");
  const std::string* actor = text(*value, "actor");
  const std::string* subject = text(*value, "subject");
  const std::string* at = text(*value, "at");
  const auto time = at == nullptr ? std::nullopt : core::parse_rfc3339(*at);
  const auto event = find<Event>(kEvents, text(*value, "event"));
  const auto outcome = find<Outcome>(kOutcomes, text(*value, "outcome"));
  if (seq == nullptr || seq->as_integer() == nullptr || *seq->as_integer() < 0 || !time || !event ||
      !outcome || writer == nullptr || actor == nullptr || subject == nullptr) {
    return std::unexpected(Fault::kMalformed);
  }
  const Value* detail = value->find("detail");
  Record record{.seq = static_cast<std::uint64_t>(*seq->as_integer()),
                .at = *time,
                .writer = *writer,
                .entry = {.event = *event,
                          .actor = *actor,
                          .subject = *subject,
                          .outcome = *outcome,
                          .detail = detail == nullptr ? Value() : *detail},
                .sha256_before = digest(*value, "prevSha256"),
                .sm3_before = digest(*value, "prevSm3")};
  const bool sound = std::cmp_less_equal(record.seq, kMost) && !record.sha256_before.empty() &&
                     !record.sm3_before.empty() && is_plain(record.entry.detail);
  if (!sound || encode(record) != line) return std::unexpected(Fault::kMalformed);
  return record;
}

std::expected<Record, Fault> Chain::follow(std::string_view line) {
  auto record = decode(line);
  if (!record) return record;
  if (record->seq != next) return std::unexpected(Fault::kSequence);
  if (record->sha256_before != sha256) return std::unexpected(Fault::kSha256);
  if (record->sm3_before != sm3) return std::unexpected(Fault::kSm3);
  if (!writer.empty() && record->writer != writer) return std::unexpected(Fault::kWriter);
  if (record->at < last) {
    const std::string* from = text(record->entry.detail, "from");
    const bool said = record->entry.event == Event::kClockBack && from != nullptr &&
                      *from == core::format_rfc3339(last);
    if (!said) return std::unexpected(Fault::kTime);
  }
  writer = record->writer;
  take(line, record->at);
  return record;
}

Chain Chain::before(const Record& first) {
  Chain chain;
  chain.next = first.seq;
  if (first.seq == 0) return chain;
  chain.sha256 = first.sha256_before;
  chain.sm3 = first.sm3_before;
  return chain;
}

void Chain::take(std::string_view line, core::UtcTime at) {
  sha256 = crypto::digest(crypto::Hash::kSha256, core::as_bytes(line));
  sm3 = crypto::digest(crypto::Hash::kSm3, core::as_bytes(line));
  last = at;
  ++next;
}

}  // namespace heyan::audit
