// case.json: the example of the format, and each family of defects.
#include <gtest/gtest.h>

#include "tests/unit/contents/submission_example.h"

namespace heyan::contents {
namespace {

using testing::changed;
using testing::defects_of;
using testing::file_with;
using testing::item_with;
using testing::kExample;
using testing::kMinimal;
using testing::read;
using testing::top_with;
using testing::with;

TEST(SubmissionReader, ReadsTheExampleOfTheFormat) {
  const auto submission = read(kExample);
  ASSERT_TRUE(submission.has_value()) << defects_of(kExample);
  EXPECT_EQ(submission->court().code(), "0491");
  EXPECT_EQ(submission->case_number(), "(2026)京0491民初1234号");
  EXPECT_EQ(submission->filed_at_ms(), 1795163400000);
  EXPECT_EQ(submission->submitter().role(), v1::ROLE_PLAINTIFF);
  EXPECT_EQ(submission->submitter().account_id(), "u-771");
  EXPECT_EQ(submission->submitter().authentication(), v1::AUTHENTICATION_REAL_NAME);
  ASSERT_EQ(submission->parties_size(), 2);
  EXPECT_EQ(submission->parties(0).kind(), v1::PARTY_KIND_LEGAL_PERSON);
  EXPECT_EQ(submission->parties(0).id_type(), v1::ID_TYPE_USCC);
  EXPECT_EQ(submission->parties(0).id_number(), "91110108551385082Q");
  EXPECT_EQ(submission->parties(1).role(), v1::ROLE_DEFENDANT);
  EXPECT_EQ(submission->parties(1).linked_institutions(0), "platform-a");
  ASSERT_EQ(submission->evidence_size(), 1);
  const v1::Item& item = submission->evidence(0);
  EXPECT_EQ(item.category(), v1::CATEGORY_ELECTRONIC_DATA);
  EXPECT_EQ(item.party(), "P1");
  EXPECT_EQ(item.file().path(), "files/article.html");
  EXPECT_EQ(item.file().size(), 18213u);
  EXPECT_EQ(item.file().media_type(), "text/html");
  ASSERT_EQ(item.file().digests_size(), 2);
  EXPECT_EQ(item.file().digests(0).algorithm(), v1::DIGEST_ALGORITHM_SHA_256);
  EXPECT_EQ(item.file().digests(0).value().size(), 32u);
  EXPECT_EQ(item.file().digests(1).algorithm(), v1::DIGEST_ALGORITHM_SM3);
  EXPECT_EQ(static_cast<unsigned char>(item.file().digests(1).value()[0]), 0x66);
  EXPECT_EQ(item.claims().when_ms(), 1772413323000);
  EXPECT_EQ(item.claims().where(), "https://example.com");
  EXPECT_EQ(item.record().ledger(), "judicial-fabric");
  EXPECT_EQ(item.record().id(), "EV-0007");
  ASSERT_EQ(item.proofs_size(), 2);
  EXPECT_EQ(item.proofs(0).format(), "fabric");
  ASSERT_EQ(item.proofs(0).hints_size(), 2);
  EXPECT_EQ(item.proofs(0).hints(0).name(), "key");
  EXPECT_EQ(item.proofs(0).hints(1).value(), "2");
  EXPECT_EQ(item.proofs(1).path(), "proofs/article.tsr");
  EXPECT_EQ(item.proofs(1).ledger(), "");
}

TEST(SubmissionReader, ReadsTheLeastThatIsRequired) {
  const auto submission = read(kMinimal);
  ASSERT_TRUE(submission.has_value());
  EXPECT_FALSE(submission->has_court());
  EXPECT_FALSE(submission->has_filed_at_ms());
  EXPECT_FALSE(submission->evidence(0).file().has_size());
  EXPECT_FALSE(submission->evidence(0).has_record());
}

TEST(SubmissionReader, RequiresSchemaEvidenceIdAndPaths) {
  EXPECT_EQ(defects_of("{}"), "/schema missing-name; /evidence missing-name");
  EXPECT_EQ(defects_of(R"({"schema":"heyan.submission.v1","evidence":[]})"), "/evidence empty");
  EXPECT_EQ(defects_of(R"({"schema":"heyan.submission.v1","evidence":[{}]})"),
            "/evidence/0/id missing-name; /evidence/0/file missing-name");
  EXPECT_EQ(defects_of(R"({"schema":"heyan.submission.v1","evidence":[{"id":"E1","file":{}}]})"),
            "/evidence/0/file/path missing-name");
  EXPECT_EQ(item_with(R"("proofs":[{"format":"fabric"}])"),
            "/evidence/0/proofs/0/path missing-name");
  EXPECT_EQ(changed("heyan.submission.v1", "heyan.submission.v2"), "/schema wrong-schema");
  EXPECT_EQ(changed(R"("heyan.submission.v1")", "1"), "/schema wrong-type");
}

TEST(SubmissionReader, RefusesTextThatIsNotJson) {
  EXPECT_EQ(defects_of(""), " malformed-json");
  EXPECT_EQ(defects_of("[]"), " wrong-type");
  EXPECT_EQ(defects_of("null"), " wrong-type");
  EXPECT_EQ(defects_of(std::string(kMinimal) + "{}"), " malformed-json");
  EXPECT_EQ(changed(R"("path": "files/article.html",)", R"("path": "files/article.html",,)"),
            "/evidence/0/file malformed-json");
  EXPECT_EQ(changed(R"("party": "P1")", R"("party": "P1", "party": "P2")"),
            "/evidence/0/party duplicate-name");
  EXPECT_EQ(changed(R"("party": "P1")", R"("party": "P1", "part\u0079": "P2")"),
            "/evidence/0/party duplicate-name");
  EXPECT_EQ(defects_of(std::string(100, '[')),
            "/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0 limit");
}

TEST(SubmissionReader, RefusesUnknownNamesEverywhere) {
  EXPECT_EQ(top_with(R"("x":1)"), "/x unknown-name");
  EXPECT_EQ(top_with(R"("case_number":"1")"),
            "/case_number unknown-name");  // protobuf's other spelling
  EXPECT_EQ(top_with(R"("court":{"Code":"1"})"), "/court/Code unknown-name");
  EXPECT_EQ(top_with(R"("submitter":{"x":1})"), "/submitter/x unknown-name");
  EXPECT_EQ(top_with(R"("parties":[{"x":1}])"), "/parties/0/x unknown-name");
  EXPECT_EQ(item_with(R"("x":1)"), "/evidence/0/x unknown-name");
  EXPECT_EQ(file_with(R"("x":1)"), "/evidence/0/file/x unknown-name");
  EXPECT_EQ(item_with(R"("claims":{"why":"1"})"), "/evidence/0/claims/why unknown-name");
  EXPECT_EQ(item_with(R"("record":{"x":1})"), "/evidence/0/record/x unknown-name");
  EXPECT_EQ(item_with(R"("proofs":[{"path":"a","x":1}])"), "/evidence/0/proofs/0/x unknown-name");
}

TEST(SubmissionReader, RefusesWrongTypesEverywhere) {
  for (const std::string value : {"null", "1", "1.5", "true", "[]", "{}"}) {
    EXPECT_EQ(top_with(R"("caseNumber":)" + value), "/caseNumber wrong-type");
    EXPECT_EQ(top_with(R"("filedAt":)" + value), "/filedAt wrong-type");
    EXPECT_EQ(top_with(R"("submitter":{"role":)" + value + "}"), "/submitter/role wrong-type");
    EXPECT_EQ(item_with(R"("party":)" + value), "/evidence/0/party wrong-type");
    EXPECT_EQ(item_with(R"("name":)" + value), "/evidence/0/name wrong-type");
    EXPECT_EQ(file_with(R"("digests":{"sm3":)" + value + "}"),
              "/evidence/0/file/digests/sm3 wrong-type");
    EXPECT_EQ(item_with(R"("proofs":[{"path":"p","hints":{"k":)" + value + "}}]"),
              "/evidence/0/proofs/0/hints/k wrong-type");
    EXPECT_EQ(item_with(R"("proofs":[{"path":"p","format":)" + value + "}]"),
              "/evidence/0/proofs/0/format wrong-type");
    EXPECT_EQ(top_with(R"("parties":[{"linkedInstitutions":[)" + value + "]}]"),
              "/parties/0/linkedInstitutions/0 wrong-type");
  }
  for (const std::string value : {"null", "1", "true", "[]", R"("x")"}) {
    EXPECT_EQ(top_with(R"("court":)" + value), "/court wrong-type");
    EXPECT_EQ(top_with(R"("submitter":)" + value), "/submitter wrong-type");
    EXPECT_EQ(top_with(R"("parties":[)" + value + "]"), "/parties/0 wrong-type");
    EXPECT_EQ(item_with(R"("claims":)" + value), "/evidence/0/claims wrong-type");
    EXPECT_EQ(item_with(R"("record":)" + value), "/evidence/0/record wrong-type");
    EXPECT_EQ(file_with(R"("digests":)" + value), "/evidence/0/file/digests wrong-type");
    EXPECT_EQ(item_with(R"("proofs":[)" + value + "]"), "/evidence/0/proofs/0 wrong-type");
    EXPECT_EQ(item_with(R"("proofs":[{"path":"p","hints":)" + value + "}]"),
              "/evidence/0/proofs/0/hints wrong-type");
  }
  for (const std::string value : {"null", "1", "true", "{}", R"("x")"}) {
    EXPECT_EQ(top_with(R"("parties":)" + value), "/parties wrong-type");
    EXPECT_EQ(item_with(R"("proofs":)" + value), "/evidence/0/proofs wrong-type");
    EXPECT_EQ(defects_of(R"({"schema":"heyan.submission.v1","evidence":)" + value + "}"),
              "/evidence wrong-type");
  }
  for (const std::string value : {"null", "1.0", "1e3", R"("18213")", "true", "[]"}) {
    EXPECT_EQ(file_with(R"("size":)" + value), "/evidence/0/file/size wrong-type");
  }
}

// Of no member: not every database keeps it, and no XML holds it.
TEST(SubmissionReader, RefusesNulInEveryText) {
  for (const std::string_view member : {"name", "purpose", "source"}) {
    EXPECT_EQ(defects_of(R"({"schema":"heyan.submission.v1","evidence":[{"id":"E1",")" +
                         std::string(member) + R"(":"a\u0000b","file":{"path":"a"}}]})"),
              "/evidence/0/" + std::string(member) + " control-character");
  }
  EXPECT_EQ(changed(R"("transaction": "2")", R"("transaction": "\u0000")"),
            "/evidence/0/proofs/0/hints/transaction control-character");
  EXPECT_EQ(defects_of(R"({"schema":"heyan.submission.v1","court":{"name":"\u0000"},)"
                       R"("submitter":{"name":"\u0000"},"parties":[{"name":"\u0000"}],)"
                       R"("evidence":[{"id":"E1","claims":{"who":"\u0000"},)"
                       R"("file":{"path":"a","mediaType":"\u0000"}}]})"),
            "/court/name control-character; /submitter/name control-character; "
            "/parties/0/name control-character; /evidence/0/file/mediaType control-character; "
            "/evidence/0/claims/who control-character");
}

TEST(SubmissionReader, RefusesIdsThatCannotBeTold) {
  const auto id = [](std::string_view value) {
    return changed(R"("id": "E1")", R"("id": ")" + std::string(value) + '"');
  };
  const std::string bad = "/evidence/0/id bad-id";
  EXPECT_EQ(id(""), bad);
  EXPECT_EQ(id("a\\u0000"), bad);
  EXPECT_EQ(id("a\\n"), bad);
  EXPECT_EQ(id("\\u001b[2J"), bad);
  EXPECT_EQ(id("E1\\u202e"), bad);
  EXPECT_EQ(id("E\\u200b1"), bad);
  EXPECT_EQ(id("\\ufeffE1"), bad);
  EXPECT_EQ(id(std::string(129, 'a')), bad);
  EXPECT_EQ(id(std::string(128, 'a')), "ok");
  std::string characters;
  for (int i = 0; i < 128; ++i) characters += "证";
  EXPECT_EQ(id(characters), "ok");
  EXPECT_EQ(id(characters + "证"), bad);
  EXPECT_EQ(changed(R"("id": "P2")", R"("id": "P\t2")"), "/parties/1/id bad-id");
  EXPECT_EQ(changed(R"("platform-a")", R"("")"), "/parties/1/linkedInstitutions/0 bad-id");
  EXPECT_EQ(changed(R"("EV-0007"},)", R"("EV\u0007"},)"), "/evidence/0/record/id bad-id");
  EXPECT_EQ(changed(R"("91110108551385082Q")", R"("9111\u200f0108551385082Q")"),
            "/parties/0/idNumber bad-id");
  EXPECT_EQ(changed(R"("(2026)京)", R"("\u202e(2026)京)"), "/caseNumber bad-id");
  EXPECT_EQ(changed(R"("u-771")", R"("u\n771")"), "/submitter/accountId bad-id");
  EXPECT_EQ(changed(R"("transaction": "2")", R"("trans\u0000": "2")"),
            "/evidence/0/proofs/0/hints/trans⟨U+0000⟩ bad-id");
}

TEST(SubmissionReader, RefusesIdsThatStandTwiceOrPointNowhere) {
  EXPECT_EQ(changed(R"("id": "P2")", R"("id": "P1")"), "/parties/1/id duplicate-id");
  EXPECT_EQ(changed(R"(["platform-a"])", R"(["platform-a", "b", "platform-a"])"),
            "/parties/1/linkedInstitutions/2 duplicate-id");
  EXPECT_EQ(
      defects_of(R"({"schema":"heyan.submission.v1","evidence":[{"id":"E1","file":{"path":"a"}},
                           {"id":"E2","file":{"path":"a"}},{"id":"E1","file":{"path":"b"}}]})"),
      "/evidence/2/id duplicate-id");
  EXPECT_EQ(changed(R"("party": "P1")", R"("party": "P3")"), "/evidence/0/party unknown-party");
  EXPECT_EQ(item_with(R"("party":"P3")"), "ok");  // no parties are given
}

TEST(SubmissionReader, RefusesPathsThatLeaveTheFolder) {
  for (const std::string path :
       {"", "/etc/passwd", "../a", "a/../../b", "a/..", "./a", "a/.", "a//b", "a/", "a\\\\b",
        "C:/a", "a\\u0000b", "a\\nb", "a\\u202eb", "..", "."}) {
    EXPECT_EQ(changed("files/article.html", path), "/evidence/0/file/path unsafe-path") << path;
    EXPECT_EQ(changed("proofs/block7.pb", path), "/evidence/0/proofs/0/path unsafe-path") << path;
  }
  EXPECT_EQ(changed("files/article.html", std::string(256, 'a')),
            "/evidence/0/file/path unsafe-path");
  std::string deep;
  for (int i = 0; i < 512; ++i) deep += "a/";
  EXPECT_EQ(changed("files/article.html", deep + "b"),
            "/evidence/0/file/path unsafe-path");                         // 1025 bytes
  EXPECT_EQ(changed("files/article.html", deep.substr(2) + "bb"), "ok");  // 1024 bytes
  for (const std::string path : {"a", "文件/证据一 (最终).pdf", "a..b/...c", ".hidden/a", "a:b"}) {
    EXPECT_EQ(changed("files/article.html", path),
              path == "a:b" ? "/evidence/0/file/path unsafe-path" : "ok");
  }
}

TEST(SubmissionReader, RefusesDigestsSizesAndTimesThatAreNone) {
  const std::string digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  for (const std::string& bad :
       {std::string(), digest.substr(1), digest.substr(2), digest + "00", "0x" + digest.substr(2),
        "g" + digest.substr(1), digest.substr(1) + " "}) {
    EXPECT_EQ(changed(digest, bad), "/evidence/0/file/digests/sha-256 bad-digest") << bad;
  }
  for (const auto& [word, length] :
       {std::pair{"sha-256", 64}, {"sha-384", 96}, {"sha-512", 128}, {"sm3", 64}}) {
    const auto member = [&](int digits) {
      return file_with(R"("digests":{")" + std::string(word) + R"(":")" +
                       std::string(static_cast<std::size_t>(digits), 'A') + "\"}");
    };
    EXPECT_EQ(member(length), "ok");
    EXPECT_NE(member(length - 32), "ok");
    EXPECT_NE(member(length + 32), "ok");
  }
  EXPECT_EQ(file_with(R"("size":-1)"), "/evidence/0/file/size out-of-range");
  EXPECT_EQ(file_with(R"("size":9007199254740992)"), "/evidence/0/file/size out-of-range");
  EXPECT_EQ(file_with(R"("size":9007199254740991)"), "ok");
  EXPECT_EQ(file_with(R"("size":0)"), "ok");
  for (const std::string time : {"", "2026-11-20", "2026-11-20 08:30:00Z", "2026-11-20T08:30:00",
                                 "1795163400", "2026-02-30T00:00:00Z", "2026-11-20T08:30:00z"}) {
    EXPECT_EQ(changed("2026-11-20T08:30:00Z", time), "/filedAt bad-time") << time;
    EXPECT_EQ(changed("2026-03-02T01:02:03Z", time), "/evidence/0/claims/when bad-time") << time;
  }
}

TEST(SubmissionReader, HoldsToTheLimits) {
  core::Limits limits;
  limits.string_bytes = 20;
  EXPECT_EQ(
      defects_of(with(kMinimal, R"("id":"E1")", R"("id":"E1","purpose":"123456789012345678901")"),
                 limits),
      "/evidence/0/purpose limit");
  limits = {};
  limits.items = 1;
  EXPECT_EQ(defects_of(kMinimal, limits), "ok");
  EXPECT_EQ(defects_of(R"({"schema":"heyan.submission.v1","evidence":[{},{}]})", limits),
            "/evidence limit");
  limits = {};
  limits.parties = 1;
  EXPECT_EQ(defects_of(kExample, limits), "/parties limit");
  limits = {};
  limits.proofs_per_item = 1;
  EXPECT_EQ(defects_of(kExample, limits), "/evidence/0/proofs limit");
  limits = {};
  limits.proofs_total = 1;
  EXPECT_EQ(defects_of(kExample, limits), "/evidence/0/proofs limit");
  limits = {};
  limits.json_bytes = 100;
  EXPECT_EQ(defects_of(kExample, limits), " limit");
  std::string hints;
  for (int i = 0; i < 65; ++i) hints += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":\"\"";
  EXPECT_EQ(item_with(R"("proofs":[{"path":"p","hints":{)" + hints + "}}]"),
            "/evidence/0/proofs/0/hints limit");
}

TEST(SubmissionReader, ReadsCauseReliefAndPages) {
  const auto submission = read(with(
      kMinimal, R"("evidence":[{"id":"E1")",
      R"("cause":"网络购物合同纠纷","reliefSought":["退还货款 100 元","由被告承担诉讼费"],"evidence":[{"id":"E1","pages":3)"));
  ASSERT_TRUE(submission.has_value());
  EXPECT_EQ(submission->cause(), "网络购物合同纠纷");
  ASSERT_EQ(submission->relief_sought_size(), 2);
  EXPECT_EQ(submission->relief_sought(0), "退还货款 100 元");
  EXPECT_EQ(submission->relief_sought(1), "由被告承担诉讼费");
  EXPECT_EQ(submission->evidence(0).pages(), 3u);
  const auto without = read(kMinimal);
  EXPECT_EQ(without->cause(), "");
  EXPECT_EQ(without->relief_sought_size(), 0);
  EXPECT_FALSE(without->evidence(0).has_pages());
  EXPECT_EQ(top_with(R"("reliefSought":[])"), "ok");
}

TEST(SubmissionReader, RefusesACauseThatIsNoLine) {
  for (const std::string value : {"null", "1", "true", "[]", "{}", R"(["x"])"}) {
    EXPECT_EQ(top_with(R"("cause":)" + value), "/cause wrong-type");
  }
  EXPECT_EQ(top_with(R"("cause":"")"), "/cause empty");
  for (const std::string bad : {"a\\nb", "a\\u0000", "\\u202ea", "a\\u200b", "\\ufeffa", "\\t"}) {
    EXPECT_EQ(top_with(R"("cause":")" + bad + '"'), "/cause control-character") << bad;
  }
  std::string long_one;
  for (int i = 0; i < 200; ++i) long_one += "案";
  EXPECT_EQ(top_with(R"("cause":")" + long_one + '"'), "ok");
  EXPECT_EQ(top_with(R"("cause":")" + long_one + R"(x")"), "/cause limit");
  EXPECT_EQ(top_with(R"("cause":"a","cause":"a")"), "/cause duplicate-name");
  EXPECT_EQ(item_with(R"("cause":"a")"), "/evidence/0/cause unknown-name");
}

TEST(SubmissionReader, RefusesReliefThatIsNoListOfLines) {
  const auto relief = [](const std::string& list) { return top_with(R"("reliefSought":)" + list); };
  for (const std::string value : {"null", "1", "true", "{}", R"("x")"}) {
    EXPECT_EQ(relief(value), "/reliefSought wrong-type");
  }
  for (const std::string value : {"null", "1", "true", "[]", "{}"}) {
    EXPECT_EQ(relief(R"(["x",)" + value + "]"), "/reliefSought/1 wrong-type");
  }
  EXPECT_EQ(relief(R"(["",""])"), "/reliefSought/0 empty; /reliefSought/1 empty");
  EXPECT_EQ(relief(R"(["a\nb"])"), "/reliefSought/0 control-character");
  EXPECT_EQ(relief(R"(["a\u2066b"])"), "/reliefSought/0 control-character");
  EXPECT_EQ(relief(R"(["a","b","a"])"), "/reliefSought/2 duplicate-text");
  const std::string long_one(1000, 'a');
  EXPECT_EQ(relief("[\"" + long_one + "\"]"), "ok");
  EXPECT_EQ(relief("[\"" + long_one + "a\"]"), "/reliefSought/0 limit");
  std::string many;
  for (int i = 0; i < 50; ++i) many += '"' + std::to_string(i) + "\",";
  EXPECT_EQ(relief("[" + many.substr(0, many.size() - 1) + "]"), "ok");
  EXPECT_EQ(relief("[" + many + "\"x\"]"), "/reliefSought limit");
  EXPECT_EQ(relief(R"(["a"],"reliefSought":["b"])"), "/reliefSought duplicate-name");
  EXPECT_EQ(top_with(R"("claims":["a"])"), "/claims unknown-name");
}

TEST(SubmissionReader, RefusesPagesThatNobodyCounted) {
  for (const std::string value : {"null", "1.0", "1e3", R"("3")", "true", "[]", "{}"}) {
    EXPECT_EQ(item_with(R"("pages":)" + value), "/evidence/0/pages wrong-type") << value;
  }
  for (const std::string value : {"0", "-1", "100001", "4294967297", "9007199254740993"}) {
    EXPECT_EQ(item_with(R"("pages":)" + value), "/evidence/0/pages out-of-range") << value;
  }
  EXPECT_EQ(item_with(R"("pages":1)"), "ok");
  EXPECT_EQ(item_with(R"("pages":100000)"), "ok");
  EXPECT_EQ(item_with(R"("pages":1,"pages":2)"), "/evidence/0/pages duplicate-name");
  EXPECT_EQ(top_with(R"("pages":1)"), "/pages unknown-name");
}

std::string with_proofs(const std::string& proofs) {
  return with(kMinimal, R"("id":"E1")", R"("id":"E1","proofs":[)" + proofs + "]");
}

TEST(SubmissionReader, TheRecordOfALogsProofIsListedWithIt) {
  const auto submission =
      read(with_proofs(R"({"path":"p","format":"tlog","ledger":"l","hints":{"record":"r"}},)"
                       R"({"path":"q","hints":{"record":"r"}})"));
  ASSERT_TRUE(submission.has_value());
  const v1::Item& item = submission->evidence(0);
  ASSERT_EQ(item.proofs_size(), 3);  // once
  EXPECT_EQ(item.proofs(2).path(), "r");
  EXPECT_EQ(item.proofs(2).format(), "tlog");
  EXPECT_EQ(item.proofs(2).ledger(), "l");
  EXPECT_EQ(item.proofs(2).hints_size(), 0);
  const auto listed = read(with_proofs(R"({"path":"p","hints":{"record":"r"}},{"path":"r"})"));
  EXPECT_EQ(listed->evidence(0).proofs_size(), 2);
  // Of other formats it is a hint like any.
  const auto other =
      read(with_proofs(R"({"path":"p","format":"fabric","hints":{"record":"../r"}})"));
  ASSERT_TRUE(other.has_value());
  EXPECT_EQ(other->evidence(0).proofs_size(), 1);
}

TEST(SubmissionReader, TheRecordOfALogsProofIsAFileOfTheCase) {
  for (const std::string path : {"../r", "/r", "a//r", ""}) {
    EXPECT_EQ(defects_of(with_proofs(R"({"path":"p","format":"tlog","hints":{"record":")" + path +
                                     R"("}})")),
              "/evidence/0/proofs/0/hints/record unsafe-path")
        << path;
  }
  core::Limits limits;
  limits.proofs_total = 1;
  EXPECT_EQ(defects_of(with_proofs(R"({"path":"p","hints":{"record":"r"}})"), limits),
            "/evidence/0/proofs limit");
}

}  // namespace
}  // namespace heyan::contents
