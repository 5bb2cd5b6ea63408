// case.json: the example of the format, what every closed list holds, and each family of defects.
#include "verifier/contents/submission_reader.h"

#include <gtest/gtest.h>

#include "verifier/contents/words.h"

namespace heyan::contents {
namespace {

constexpr std::string_view kExample = R"({
  "schema": "heyan.submission.v1",
  "court": {"code": "0491", "name": "北京互联网法院"},
  "caseNumber": "(2026)京0491民初1234号",
  "filedAt": "2026-11-20T08:30:00Z",
  "submitter": {"role": "PLAINTIFF", "name": "某文化公司", "accountId": "u-771", "authentication": "REAL_NAME"},
  "parties": [
    {"id": "P1", "role": "PLAINTIFF", "kind": "LEGAL_PERSON", "name": "某文化公司", "idType": "USCC",
     "idNumber": "91110108551385082Q"},
    {"id": "P2", "role": "DEFENDANT", "kind": "LEGAL_PERSON", "name": "某科技公司",
     "linkedInstitutions": ["platform-a"]}
  ],
  "evidence": [
    {
      "id": "E1", "name": "原创文章网页", "category": "ELECTRONIC_DATA", "purpose": "证明权属",
      "source": "自有平台", "party": "P1",
      "file": {"path": "files/article.html", "size": 18213, "mediaType": "text/html", "digests": {
        "sm3": "66C7F0F462EEEDD9D1F2D46BDC10E4E24167C4875CF2F7A2297DA02B8F4BA8E0",
        "sha-256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}},
      "claims": {"who": "某文化公司", "what": "文章", "when": "2026-03-02T01:02:03Z", "where": "https://example.com"},
      "record": {"ledger": "judicial-fabric", "id": "EV-0007"},
      "proofs": [
        {"format": "fabric", "ledger": "judicial-fabric", "path": "proofs/block7.pb",
         "hints": {"transaction": "2", "key": "EV-0007"}},
        {"format": "rfc3161", "path": "proofs/article.tsr"}
      ]
    }
  ]
})";

constexpr std::string_view kMinimal =
    R"({"schema":"heyan.submission.v1","evidence":[{"id":"E1","file":{"path":"a"}}]})";

std::expected<v1::Submission, std::vector<Defect>> read(std::string_view text,
                                                        const core::Limits& limits = {}) {
  return read_submission(core::as_bytes(text), limits);
}

// "pointer code" of each defect, joined by "; ", or "ok".
std::string defects_of(std::string_view text, const core::Limits& limits = {}) {
  const auto result = read(text, limits);
  if (result) return "ok";
  std::string list;
  for (const Defect& defect : result.error()) {
    EXPECT_TRUE(defect.detail.ends_with('.')) << defect.detail;
    list += (list.empty() ? "" : "; ") + defect.pointer + ' ' + defect.code;
  }
  return list;
}

std::string with(std::string_view text, std::string_view from, std::string_view to) {
  std::string changed(text);
  const auto at = changed.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return changed.replace(at, from.size(), to);
}

// The example with one place changed.
std::string changed(std::string_view from, std::string_view to) {
  return defects_of(with(kExample, from, to));
}

// The minimal submission with more members in its one item, its file, or a proof.
std::string item_with(const std::string& members) {
  return defects_of(with(kMinimal, R"("id":"E1")", R"("id":"E1",)" + members));
}
std::string file_with(const std::string& members) {
  return defects_of(with(kMinimal, R"("path":"a")", R"("path":"a",)" + members));
}
std::string top_with(const std::string& members) {
  return defects_of(with(kMinimal, R"("evidence")", members + R"(,"evidence")"));
}

std::string canonical(const v1::Submission& submission) {
  return core::json::write_canonical(write_submission(submission));
}

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

TEST(SubmissionReader, RefusesWordsOutsideTheClosedLists) {
  for (const std::string word :
       {"plaintiff", "UNSPECIFIED", "", "ROLE_PLAINTIFF", "1", "PLAINTIFF "}) {
    EXPECT_EQ(changed(R"("role": "PLAINTIFF", "name")", R"("role": ")" + word + R"(", "name")"),
              "/submitter/role unknown-word");
  }
  EXPECT_EQ(changed("REAL_NAME", "FACE"), "/submitter/authentication unknown-word");
  EXPECT_EQ(changed("LEGAL_PERSON", "COMPANY"), "/parties/0/kind unknown-word");
  EXPECT_EQ(changed("USCC", "VAT"), "/parties/0/idType unknown-word");
  EXPECT_EQ(changed("ELECTRONIC_DATA", "VIDEO"), "/evidence/0/category unknown-word");
  EXPECT_EQ(changed(R"("format": "fabric")", R"("format": "Fabric")"),
            "/evidence/0/proofs/0/format unknown-word");
  EXPECT_EQ(changed(R"("format": "fabric")", R"("format": "")"),
            "/evidence/0/proofs/0/format unknown-word");
  for (const std::string word : {"md5", "sha-1", "SHA-256", "sha256", "sm2", ""}) {
    EXPECT_EQ(file_with(R"("digests":{")" + word + R"(":"00"})"),
              "/evidence/0/file/digests/" + word + " unknown-word");
  }
}

TEST(SubmissionReader, KnowsEveryWordOfTheClosedLists) {
  const auto each = [](const std::string& words, auto&& use) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < words.size(); ++count) {
      const std::size_t end = std::min(words.find(", ", at), words.size());
      EXPECT_EQ(use(words.substr(at, end - at)), "ok");
      at = end + 2;
    }
    return count;
  };
  const auto party = [](const std::string& name) {
    return [name](const std::string& word) {
      return top_with(R"("parties":[{")" + name + R"(":")" + word + "\"}]");
    };
  };
  EXPECT_EQ(all_words(roles()),
            "PLAINTIFF, DEFENDANT, THIRD_PARTY, AGENT, APPLICANT, RESPONDENT, OTHER");
  EXPECT_EQ(each(all_words(roles()), party("role")), 7u);
  EXPECT_EQ(all_words(party_kinds()), "NATURAL_PERSON, LEGAL_PERSON, UNINCORPORATED");
  EXPECT_EQ(each(all_words(party_kinds()), party("kind")), 3u);
  EXPECT_EQ(all_words(id_types()), "USCC, RESIDENT_ID, PASSPORT, OTHER");
  EXPECT_EQ(each(all_words(id_types()), party("idType")), 4u);
  EXPECT_EQ(all_words(authentications()), "NONE, PASSWORD, SECOND_FACTOR, REAL_NAME, COURT_SYSTEM");
  EXPECT_EQ(each(all_words(authentications()),
                 [](const std::string& word) {
                   return top_with(R"("submitter":{"authentication":")" + word + "\"}");
                 }),
            5u);
  EXPECT_EQ(all_words(categories()),
            "PARTY_STATEMENT, DOCUMENTARY, PHYSICAL, AUDIOVISUAL, ELECTRONIC_DATA, WITNESS, "
            "EXPERT_OPINION, "
            "INSPECTION_RECORD");
  EXPECT_EQ(
      each(all_words(categories()),
           [](const std::string& word) { return item_with(R"("category":")" + word + "\""); }),
      8u);
  EXPECT_EQ(all_proof_formats(),
            "fabric, chainmaker, fisco-bcos, tlog, sigsum, sigstore, ccf, rfc3161, "
            "evidence-record, opentimestamps");
  EXPECT_EQ(each(all_proof_formats(),
                 [](const std::string& word) {
                   return item_with(R"("proofs":[{"path":"p","format":")" + word + "\"}]");
                 }),
            10u);
  EXPECT_EQ(all_algorithms(), "sha-256, sha-384, sha-512, sm3");
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

TEST(SubmissionReader, TellsAllDefectsInTheOrderOfReading) {
  EXPECT_EQ(
      defects_of(R"({"schema":"x","court":1,"filedAt":"now","y":1,
                           "parties":[{"id":"P1"},{"id":"P1","role":"?"}],
                           "evidence":[{"id":"E1","party":"P9","file":{"path":"../a","size":-1}},{}]})"),
      "/schema wrong-schema; /court wrong-type; /filedAt bad-time; /parties/1/id duplicate-id; "
      "/parties/1/role unknown-word; /evidence/0/party unknown-party; /evidence/0/file/path "
      "unsafe-path; "
      "/evidence/0/file/size out-of-range; /evidence/1/id missing-name; /evidence/1/file "
      "missing-name; "
      "/y unknown-name");
}

TEST(SubmissionReader, ListsABoundedNumberOfDefects) {
  std::string names;
  for (int i = 0; i < 5000; ++i) names += ",\"x" + std::to_string(i) + "\":0";
  const auto result = read(with(kMinimal, R"("id":"E1")", R"("id":"E1")" + names));
  ASSERT_FALSE(result.has_value());
  ASSERT_EQ(result.error().size(), kMaxDefects);
  EXPECT_EQ(result.error()[kMaxDefects - 2].code, "unknown-name");
  EXPECT_EQ(result.error().back().code, "too-many-defects");
}

TEST(SubmissionReader, ShowsTextOfTheDocumentOnlyMadeVisible) {
  const auto result = read(
      with(kMinimal, R"("id":"E1")",
           R"("id":"\u001b[31mE1","category":"\u202eATAD","\u0007name\u2028":1,"party":"\n")"));
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().size(), 4u);
  for (const Defect& defect : result.error()) {
    for (const std::string_view raw : {"\x1b", "\x07", "\n", "\xe2\x80\xae", "\xe2\x80\xa8"}) {
      EXPECT_EQ(defect.detail.find(raw), std::string::npos) << defect.code;
      EXPECT_EQ(defect.pointer.find(raw), std::string::npos) << defect.code;
    }
  }
}

TEST(SubmissionReader, SaysWhatToDo) {
  const auto result = read(with(kExample, R"("USCC")", R"("VAT")"));
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error()[0].detail, "\"VAT\" is not one of USCC, RESIDENT_ID, PASSPORT, OTHER.");
}

TEST(SubmissionWriter, WritesTheCanonicalForm) {
  EXPECT_EQ(canonical(*read(kMinimal)),
            R"({"evidence":[{"file":{"path":"a"},"id":"E1"}],"schema":"heyan.submission.v1"})");
  const std::string text = canonical(*read(kExample));
  EXPECT_NE(
      text.find(
          R"("digests":{"sha-256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",)"
          R"("sm3":"66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"})"),
      std::string::npos);
  EXPECT_NE(text.find(R"("filedAt":"2026-11-20T08:30:00Z")"), std::string::npos);
}

TEST(SubmissionWriter, ReadingBackGivesTheSameMessageAndText) {
  for (const std::string_view source :
       {kExample, kMinimal,
        std::string_view(
            R"({"schema":"heyan.submission.v1","filedAt":"2026-11-20T16:30:00.5+08:00","court":{},
                            "submitter":{},"parties":[{}],"evidence":[{"id":"E1","claims":{},"record":{},
                            "proofs":[{"path":"p","hints":{"b":"\u0000","a":""}}],
                            "file":{"path":"a","size":0,"digests":{}}}]})")}) {
    const auto first = read(source);
    ASSERT_TRUE(first.has_value()) << defects_of(source);
    const std::string text = canonical(*first);
    const auto second = read(text);
    ASSERT_TRUE(second.has_value()) << text;
    EXPECT_EQ(first->SerializeAsString(), second->SerializeAsString());
    EXPECT_EQ(canonical(*second), text);
  }
}

}  // namespace
}  // namespace heyan::contents
