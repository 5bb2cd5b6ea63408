#include "verifier/report/log_entry.h"

#include <gtest/gtest.h>

namespace heyan::report {
namespace {

using core::ErrorCode;

const core::UtcTime kAt = *core::parse_rfc3339("2026-11-24T09:00:00.5Z");
const core::Bytes kDigest(32, 0xab);
const std::string kHex(core::to_hex(kDigest));

std::vector<LogEntry> one_of_each() {
  return {LogBeginning{kAt, "court.example/log", {{"receipt", core::Bytes(4, 1)}}, {}},
          LogBeginning{kAt, "court.example/log-2", {{"receipt", core::Bytes(4, 1)}}, "note\n"},
          IntakeEntry{kAt, kDigest, kDigest, kDigest},
          ReportEntry{kAt, kDigest, {7, {}}},
          ReportEntry{kAt, kDigest, {7, "court.example/log"}},
          SupersessionEntry{kAt, {8, {}}, {7, {}}},
          SupersessionEntry{kAt, {8, {}}, {7, "court.example/log"}},
          WithdrawalEntry{kAt, {8, {}}, "court-order"},
          WithdrawalEntry{kAt, {8, "court.example/log"}, "key-compromise"},
          AuditEntry{kAt, "front", core::Bytes(16, 2), 17, kDigest, core::Bytes(32, 3)},
          DeletionEntry{kAt, kDigest, {7, {}}},
          DeletionEntry{kAt, kDigest, {7, "court.example/log"}}};
}

ErrorCode refused(std::string_view text) {
  const auto entry = parse_log_entry(core::as_bytes(text));
  EXPECT_FALSE(entry.has_value()) << text;
  return entry ? ErrorCode::kInternal : entry.error().code;
}

TEST(LogEntry, ReadsWhatItWrites) {
  for (const LogEntry& entry : one_of_each()) {
    const auto again = parse_log_entry(encode_log_entry(entry));
    ASSERT_TRUE(again.has_value()) << core::to_string(encode_log_entry(entry));
    EXPECT_EQ(*again, entry);
    EXPECT_EQ(time_of(*again), kAt);
  }
}

TEST(LogEntry, HasOneSpelling) {
  EXPECT_EQ(core::to_string(encode_log_entry(ReportEntry{kAt, kDigest, {7, {}}})),
            R"({"at":"2026-11-24T09:00:00.500Z","intake":7,"payload":")" + kHex +
                R"(","type":"report"})");
}

TEST(LogEntry, RefusesEveryCutAndEveryAddedMember) {
  for (const LogEntry& entry : one_of_each()) {
    const std::string text = core::to_string(encode_log_entry(entry));
    for (std::size_t length = 0; length < text.size(); ++length) {
      refused(text.substr(0, length));
    }
    refused(text + " ");
    refused(" " + text);
    refused(text + text);
    EXPECT_EQ(refused(R"({"a":1,)" + text.substr(1)), ErrorCode::kNotCanonical);
    EXPECT_EQ(refused(text.substr(0, text.size() - 1) + R"(,"z":null})"), ErrorCode::kNotCanonical);
  }
}

TEST(LogEntry, RefusesMembersOfAnotherKind) {
  const std::string at = R"("at":"2026-11-24T09:00:00Z")";
  EXPECT_EQ(refused("{}"), ErrorCode::kMalformed);
  EXPECT_EQ(refused("[]"), ErrorCode::kMalformed);
  EXPECT_EQ(refused(R"({"type":"deleted"})"), ErrorCode::kUnknown);
  EXPECT_EQ(refused(R"({"type":1})"), ErrorCode::kMalformed);
  for (const std::string& intake :
       {std::string("-1"), std::string("\"1\""), std::string("1.5"), std::string("null"),
        std::string("9007199254740992"), std::string("9223372036854775807")}) {
    EXPECT_EQ(refused("{" + at + R"(,"intake":)" + intake + R"(,"payload":")" + kHex +
                      R"(","type":"report"})"),
              ErrorCode::kMalformed);
  }
  for (const std::string& payload : {kHex.substr(2), kHex + "ab", std::string(64, 'g')}) {
    EXPECT_EQ(refused("{" + at + R"(,"intake":1,"payload":")" + payload + R"(","type":"report"})"),
              ErrorCode::kMalformed);
  }
  std::string upper = kHex;
  upper[0] = 'A';
  EXPECT_NE(refused("{" + at + R"(,"intake":1,"payload":")" + upper + R"(","type":"report"})"),
            ErrorCode::kInternal);
  EXPECT_EQ(refused("{" + at + R"(,"reason":"because","report":1,"type":"withdrawal"})"),
            ErrorCode::kMalformed);
  // The same time, written otherwise; no time; an empty origin of an earlier log.
  EXPECT_EQ(
      refused(
          R"({"at":"2026-11-24T09:00:00.000Z","reason":"error","report":1,"type":"withdrawal"})"),
      ErrorCode::kNotCanonical);
  EXPECT_EQ(refused(R"({"reason":"error","report":1,"type":"withdrawal"})"), ErrorCode::kMalformed);
  EXPECT_EQ(
      refused("{" + at + R"(,"reason":"error","report":1,"reportLog":"","type":"withdrawal"})"),
      ErrorCode::kNotCanonical);
}

TEST(LogEntry, RefusesHeadsOfAuditTrailsThatAreNone) {
  const std::string good = core::to_string(
      encode_log_entry(AuditEntry{kAt, "judge", core::Bytes(16, 2), 17, kDigest, kDigest}));
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {R"("record":17)", R"("record":-1)"},
           {R"("record":17)", R"("record":"17")"},
           {R"("record":17)", R"("record":9007199254740992)"},
           {R"("writer":"judge")", R"("writer":"box")"},
           {R"("writer":"judge")", R"("writer":"")"},
           {core::to_hex(core::Bytes(16, 2)), core::to_hex(core::Bytes(15, 2))},
           {R"("sm3":")" + kHex, R"("sm3":")" + kHex + "00"},
           {R"(,"sm3":")" + kHex + "\"", ""}}) {
    std::string text = good;
    ASSERT_NE(text.find(from), std::string::npos) << from;
    text.replace(text.find(from), from.size(), to);
    EXPECT_EQ(refused(text), ErrorCode::kMalformed) << text;
  }
}

TEST(LogEntry, RefusesDeletionsOfNothing) {
  const std::string good = core::to_string(encode_log_entry(DeletionEntry{kAt, kDigest, {7, {}}}));
  EXPECT_EQ(good, R"({"at":"2026-11-24T09:00:00.500Z","intake":7,"submission":")" + kHex +
                      R"(","type":"deletion"})");
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {R"("intake":7)", R"("intake":-1)"},
           {R"("intake":7)", R"("intake":"7")"},
           {R"("intake":7)", R"("intake":9007199254740992)"},
           {R"("intake":7,)", ""},
           {kHex, kHex.substr(2)},
           {kHex, kHex + "00"},
           {R"("submission":")" + kHex + R"(",)", ""},
           {R"("at":"2026-11-24T09:00:00.500Z",)", ""}}) {
    std::string text = good;
    ASSERT_NE(text.find(from), std::string::npos) << from;
    text.replace(text.find(from), from.size(), to);
    EXPECT_EQ(refused(text), ErrorCode::kMalformed) << text;
  }
}

TEST(LogEntry, KnowsTheReportLeafOfAPayload) {
  const core::Bytes leaf = encode_log_entry(ReportEntry{kAt, kDigest, {7, {}}});
  EXPECT_TRUE(is_report_entry(leaf, kDigest));
  EXPECT_FALSE(is_report_entry(leaf, core::Bytes(32, 0)));
  EXPECT_FALSE(
      is_report_entry(encode_log_entry(IntakeEntry{kAt, kDigest, kDigest, kDigest}), kDigest));
}

}  // namespace
}  // namespace heyan::report
