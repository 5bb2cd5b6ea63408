// Faulty lists: every defect is told, with its line, its place and what to write instead.
#include "tests/unit/trust/fixture.h"

namespace heyan::trust::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

class DefectsTest : public TrustTest {
 protected:
  // One change of the good list gives exactly one defect.
  void expect_one(std::string_view from, std::string_view to, std::string_view defect) {
    set(kList);
    replace(from, to);
    EXPECT_THAT(defects(), ElementsAre(std::string(defect))) << from << " -> " << to;
  }
  void expect_one_after(std::string_view more, std::string_view defect) {
    set(kList);
    append(more);
    EXPECT_THAT(defects(), ElementsAre(std::string(defect))) << more;
  }
};

TEST_F(DefectsTest, OfTheText) {
  set("[list\nid = 1\n");
  EXPECT_THAT(defects(), ElementsAre(StartsWith("list.toml:1: not TOML: ")));
  set(kList + "id = \"a\"\nid = \"b\"\n");
  EXPECT_THAT(defects(), ElementsAre(StartsWith("list.toml:57: not TOML: ")));
  set(kList + "x = \"\xff\"\n");
  EXPECT_THAT(defects(), ElementsAre(HasSubstr("not TOML: ")));
  // What the TOML library itself does not foresee: punctuation where a name stands, letters beyond
  // ASCII in a bare name.
  set("# 注释、。《》\n[list]\n[,x]\n");
  EXPECT_THAT(defects(), ElementsAre("list.toml:3: not TOML: this cannot stand here."));
  for (const auto* letter : {"\u0228", "\u3001", "\u00C4", "\u3002"}) {
    set("[list]\nvers" + std::string(letter) + " = 1\n");
    EXPECT_THAT(defects(), ElementsAre(StartsWith("list.toml:2: not TOML: ")));
  }
  set("");
  EXPECT_THAT(defects(), ElementsAre(HasSubstr("list: is missing. Begin with the table [list].")));
  files_.erase("list.toml");
  EXPECT_THAT(defects(), ElementsAre("list.toml: cannot be read: no such file."));
}

TEST_F(DefectsTest, OfTheHead) {
  expect_one("version = 3", "version = 0", "list.toml:3: list.version: must be at least 1.");
  expect_one("version = 3", "version = \"3\"",
             "list.toml:3: list.version: must be a whole number.");
  expect_one("version = 3\n", "", "list.toml:1: list.version: is missing.");
  expect_one("id = \"test\"\n", "", "list.toml:1: list.id: is missing.");
  expect_one("id = \"test\"", "id = \"\"", "list.toml:2: list.id: is empty.");
  expect_one("id = \"test\"", "id = \"te\\u0007st\"",
             "list.toml:2: list.id: holds a control or invisible character. Type the text again.");
  expect_one("2027-05-01T08:00:00+08:00", "2026-11-01T08:00:00+08:00",
             "list.toml:5: list.next_update: is not after issued.");
  expect_one("2027-05-01T08:00:00+08:00", "\"2027-05-01\"",
             "list.toml:5: list.next_update: must be a date or a time with zone, without quotes, "
             "such as 2026-11-01T00:00:00Z.");
  expect_one("2027-05-01T08:00:00+08:00", "2027-05-01T08:00:00",
             "list.toml:5: list.next_update: must be a date or a time with zone, without quotes, "
             "such as 2026-11-01T00:00:00Z.");
  expect_one("issued = 2026-11-01T00:00:00Z\n", "", "list.toml:1: list.issued: is missing.");
  expect_one("version = 3", "version = 3\nsample = \"yes\"",
             "list.toml:4: list.sample: must be true or false.");
}

TEST_F(DefectsTest, UnknownKeysNameTheirLineAndTheNearestKey) {
  expect_one("kind = \"court\"", "kind = \"court\"\nlinked_partys = []",
             "list.toml:10: institution[0].linked_partys: is no key of this table. The nearest key "
             "is 'linked_parties'.");
  expect_one("  valid_until", "  valid_untill",
             "list.toml:17: institution[0].key[0].valid_untill: is no key of this table. The "
             "nearest key is 'valid_until'.");
  expect_one("must_include_kinds", "must_include_kind",
             "list.toml:35: quorum[0].must_include_kind: is no key of this table. The nearest key "
             "is 'must_include_kinds'.");
  expect_one("  who = ", "  hwo = ",
             "list.toml:43: ledger[0].record.hwo: is no key of this table. The nearest key is "
             "'who'.");
  expect_one("[[tsa]]", "[[tas]]",
             "list.toml:51: tas: is no key of this table. The nearest key is 'tsa'.");
  expect_one("  channel = ", "  chanel = \"x\"\n  channel = ",
             "list.toml:45: ledger[0].demo.chanel: is no key of this table. The nearest key is "
             "'channel'.");
  expect_one("name = { zh = ", "name = { cn = \"x\", zh = ",
             "list.toml:10: institution[0].name.cn: is no key of this table. The nearest key is "
             "'en'.");
}

TEST_F(DefectsTest, UnknownKeysInTablesThatTheLedgerDidNotFinish) {
  append(
      "\n[[ledger]]\nid = \"second\"\nformat = \"demo\"\n[ledger.demo]\nchannel = \"c\"\n"
      "[[ledger.demo.node]]\nid = \"n\"\nweigth = 1\n");
  EXPECT_THAT(defects(), ElementsAre("list.toml:64: ledger[1].demo.node[0].weigth: is no key of "
                                     "this table. The nearest key is 'id'."));
}

TEST_F(DefectsTest, OfInstitutions) {
  expect_one_after("[[institution]]\nid = \"court\"\nkind = \"other\"\n",
                   "list.toml:57: institution[3].id: 'court' is the id of another institution.");
  expect_one("kind = \"notary\"", "kind = \"notery\"",
             "list.toml:24: institution[1].kind: 'notery' is not known here; the nearest is "
             "'notary'. Write one of: court notary copyright forensic regulator ca timestamp "
             "platform other.");
  expect_one("kind = \"notary\"\n", "", "list.toml:22: institution[1].kind: is missing.");
  expect_one_after("[[institution]]\nid = \"" + std::string(129, 'x') + "\"\nkind = \"other\"\n",
                   "list.toml:57: institution[3].id: is longer than 128 bytes.");
}

TEST_F(DefectsTest, OfAMissingIdAreToldWhereOthersNeedIt) {
  replace("id = \"notary\"\n", "");
  EXPECT_THAT(defects(),
              ElementsAre("list.toml:22: institution[1].id: is missing.",
                          "list.toml:33: quorum[0].of: 'notary' is no institution or quorum of "
                          "this list.",
                          "list.toml:48: ledger[0].demo.member.ANotaryMSP: 'notary' is no "
                          "institution of this list."));
}

TEST_F(DefectsTest, OfKeys) {
  const std::string file = "file = \"keys/ed25519.pem\"";
  expect_one(file, "public = \"" + pem_body("keys/sm2.pem") + "\"",
             "list.toml:14: institution[0].key[0].algorithm: is ed25519, but the key is sm2.");
  expect_one(file, file + "\n  public = \"AAAA\"",
             "list.toml:12: institution[0].key[0]: has both 'public' and 'file'. Give the key "
             "once.");
  expect_one("  " + file + "\n", "",
             "list.toml:12: institution[0].key[0]: has neither 'public' nor 'file'. Give the key "
             "once.");
  expect_one(file, "public = \"not base64\"",
             "list.toml:15: institution[0].key[0].public: is no public key: not base64. Write the "
             "base64 of the DER SubjectPublicKeyInfo.");
  expect_one(
      "algorithm = \"ed25519\"", "algorithm = \"ed448\"",
      "list.toml:14: institution[0].key[0].algorithm: 'ed448' is not known here; the "
      "nearest is 'ed25519'. Write one of: ed25519 ecdsa-p256 ecdsa-p384 secp256k1 rsa sm2.");
  expect_one("  algorithm = \"ed25519\"\n", "",
             "list.toml:12: institution[0].key[0].algorithm: is missing.");
  expect_one("2028-01-01", "2024-01-01",
             "list.toml:17: institution[0].key[0].valid_until: is not after valid_from.");
  expect_one("  [[institution.ca]]",
             "  revocation_reason = \"keyCompromise\"\n  [[institution.ca]]",
             "list.toml:18: institution[0].key[0].revocation_reason: stands without revoked_at. "
             "Say since when.");
  set(kList);
  replace(file, "public = \"" + pem_body("keys/ed25519.pem") + "AAAA\"");
  EXPECT_THAT(defects(), ElementsAre(HasSubstr("list.toml:15: institution[0].key[0].public: is no "
                                               "public key: ")));
  set(kList);
  replace(file, "file = \"ca/court-root.pem\"");
  EXPECT_THAT(defects(), ElementsAre(HasSubstr("list.toml:15: institution[0].key[0].file: is no "
                                               "public key: ")));
}

TEST_F(DefectsTest, OfASecondKey) {
  const std::string key = "[[institution]]\nid = \"more\"\nkind = \"other\"\n[[institution.key]]\n";
  expect_one("  [[institution.ca]]",
             "  [[institution.key]]\n  id = \"2025\"\n  algorithm = \"ed25519\"\n"
             "  file = \"keys/ed25519-b.pem\"\n  [[institution.ca]]",
             "list.toml:19: institution[0].key[1].id: '2025' is the id of another key of this "
             "institution.");
  expect_one("  [[institution.ca]]",
             "  [[institution.key]]\n  id = \"2026\"\n  algorithm = \"ed25519\"\n"
             "  file = \"keys/ed25519.pem\"\n  [[institution.ca]]",
             "list.toml:18: institution[0].key[1]: is the same key as another of this institution. "
             "List a key once, with its whole period.");
  expect_one_after(key + "id = \"k\"\nalgorithm = \"ed25519\"\nfile = \"keys/ed25519.pem\"\n",
                   "list.toml:59: institution[3].key[0]: holds the same key as "
                   "institution[0].key[0] of institution 'court'. A key or CA belongs to one "
                   "institution.");
}

TEST_F(DefectsTest, OfFiles) {
  const auto refused = [](std::string_view path) {
    return "list.toml:15: institution[0].key[0].file: '" + std::string(path) +
           "' is not a plain path inside the folder of this document. Write a relative path with "
           "'/' and without '.', '..' or empty parts.";
  };
  for (const auto* path : {"/etc/passwd", "../keys/x.pem", "keys/../../x", "./keys/x.pem",
                           "keys//x.pem", "keys/", "..", ""}) {
    expect_one("keys/ed25519.pem", path, refused(path));
    EXPECT_THAT(asked_, ::testing::Not(Contains(path)));
  }
  expect_one("keys/ed25519.pem", "keys\\\\x.pem", refused("keys\\x.pem"));
  expect_one("keys/ed25519.pem", "keys/none.pem",
             "list.toml:15: institution[0].key[0].file: the file 'keys/none.pem' cannot be read: "
             "no such file.");
  expect_one("blocks/0.pb", "../0.pb",
             "list.toml:46: ledger[0].demo.blocks: '../0.pb' is not a plain path inside the folder "
             "of this document. Write a relative path with '/' and without '.', '..' or empty "
             "parts.");
}

TEST_F(DefectsTest, OfAnchors) {
  replace("  file = \"ca/court-root.pem\"\n", "");
  EXPECT_THAT(defects(), Contains("list.toml:18: institution[0].ca[0].file: is missing."));
  expect_one("ca/court-root.pem\"\n  crl = [\"ca/court.crl\"]", "ca/not-a-ca.pem\"",
             "list.toml:19: institution[0].ca[0].file: holds a certificate that is not of a CA. "
             "List keys of signers under [[institution.key]].");
  expect_one("ca/court-root.pem", "ca/notary-root.pem",
             "list.toml:20: institution[0].ca[0].crl: 'ca/court.crl' was issued by none of the "
             "certificates of 'file'.");
  expect_one("[\"ca/court.crl\"]", "\"ca/court.crl\"",
             "list.toml:20: institution[0].ca[0].crl: must be an array of texts.");
  set(kList);
  replace("ca/court.crl", "keys/sm2.pem");
  EXPECT_THAT(defects(), ElementsAre(HasSubstr("crl: 'keys/sm2.pem' is no revocation list: ")));
  set(kList);
  replace("ca/court-root.pem", "keys/sm2.pem");
  EXPECT_THAT(defects(), Contains(HasSubstr("list.toml:19: institution[0].ca[0].file: holds no "
                                            "certificate: ")));
}

// Security decision 6: one signer must never count as two institutions.
TEST_F(DefectsTest, OneKeyOrAnchorUnderTwoInstitutions) {
  const std::string other = "name = { zh = \"公证处\" }\n";
  set(kList);
  replace(other, other + "[[institution.ca]]\nfile = \"ca/court-root.pem\"\n");
  EXPECT_THAT(defects(),
              ElementsAre("list.toml:27: institution[1].ca[0].file: holds the same key as "
                          "institution[0].ca[0] of institution 'court'. A key or CA belongs to one "
                          "institution."));
  // The key of an anchor, listed as a signing key of someone else.
  set(kList);
  replace(other, other +
                     "[[institution.key]]\nid = \"k\"\nalgorithm = \"ecdsa-p256\"\n"
                     "file = \"keys/ecdsa-p256.pem\"\n");
  EXPECT_THAT(defects(),
              ElementsAre("list.toml:26: institution[1].key[0]: holds the same key as "
                          "institution[0].ca[0] of institution 'court'. A key or CA belongs to one "
                          "institution."));
  // Two keys in two encodings.
  set(kList);
  replace(other, other + "[[institution.key]]\nid = \"k\"\nalgorithm = \"ed25519\"\npublic = \"" +
                     pem_body("keys/ed25519.pem") + "\"\n");
  EXPECT_THAT(defects(), ElementsAre(HasSubstr("holds the same key as institution[0].key[0]")));
  // Different keys are no defect.
  set(kList);
  replace(other, other + "[[institution.ca]]\nfile = \"ca/notary-root.pem\"\n");
  EXPECT_THAT(defects(), IsEmpty());
}

TEST_F(DefectsTest, OfQuorums) {
  expect_one("at_least = 2", "at_least = 0",
             "list.toml:33: quorum[0].at_least: must be at least 1.");
  expect_one("at_least = 2", "at_least = -1",
             "list.toml:33: quorum[0].at_least: must be at least 1.");
  expect_one("at_least = 2", "at_least = 4",
             "list.toml:33: quorum[0].at_least: 4 of 3 members can never be reached.");
  expect_one("at_least = 2\n", "", "list.toml:31: quorum[0].at_least: is missing.");
  expect_one("\"platform\"]", "\"platfrom\"]",
             "list.toml:34: quorum[0].of: 'platfrom' is no institution or quorum of this list.");
  expect_one("\"platform\"]", "\"court\"]",
             "list.toml:34: quorum[0].of: 'court' stands there twice.");
  expect_one("must_include_kinds = [\"court\"]", "must_include_kinds = [\"judge\"]",
             "list.toml:35: quorum[0].must_include_kinds: 'judge' is no kind of institution.");
  expect_one("must_include_kinds = [\"court\"]", "must_include_kinds = [\"forensic\"]",
             "list.toml:35: quorum[0].must_include_kinds: no member is of kind 'forensic', so it "
             "can never be reached.");
  set(kList);
  replace("of = [\"court\", \"notary\", \"platform\"]\nmust_include_kinds = [\"court\"]\n",
          "of = []\n");
  EXPECT_THAT(defects(), ElementsAre("list.toml:34: quorum[0].of: has no members."));
}

TEST_F(DefectsTest, OfIdsThatTwoEntriesShare) {
  const auto quorum = [](std::string_view id) {
    return "[[quorum]]\nid = \"" + std::string(id) + "\"\nat_least = 1\nof = [\"court\"]\n";
  };
  expect_one_after(quorum("two-of-three"),
                   "list.toml:57: quorum[1].id: 'two-of-three' is the id of another quorum.");
  expect_one_after(quorum("platform"),
                   "list.toml:57: quorum[1].id: 'platform' is the id of an institution.");
  expect_one_after("[[ledger]]\nid = \"main\"\nformat = \"tlog\"\n",
                   "list.toml:57: ledger[1].id: 'main' is the id of another ledger.");
}

TEST_F(DefectsTest, OfQuorumsInACircle) {
  replace("\"platform\"]", "\"b\"]");
  append(
      "[[quorum]]\nid = \"b\"\nat_least = 1\nof = [\"c\"]\n"
      "[[quorum]]\nid = \"c\"\nat_least = 1\nof = [\"platform\", \"two-of-three\"]\n");
  EXPECT_THAT(defects(), ElementsAre("list.toml:63: quorum[2].of: 'two-of-three' leads back to "
                                     "this quorum."));
  expect_one("\"platform\"]", "\"two-of-three\"]",
             "list.toml:34: quorum[0].of: 'two-of-three' leads back to this quorum.");
}

TEST_F(DefectsTest, OfAnInstitutionThatWouldCountTwice) {
  append(
      "[[quorum]]\nid = \"x\"\nat_least = 1\nof = [\"platform\"]\n"
      "[[quorum]]\nid = \"y\"\nat_least = 1\nof = [\"platform\"]\n"
      "[[quorum]]\nid = \"all\"\nat_least = 3\nof = [\"x\", \"y\", \"court\"]\n"
      "[[quorum]]\nid = \"both\"\nat_least = 2\nof = [\"x\", \"platform\"]\n");
  EXPECT_THAT(
      defects(),
      ElementsAre("list.toml:67: quorum[3].of: 'platform' stands beneath this quorum twice.",
                  "list.toml:71: quorum[4].of: 'platform' stands beneath this quorum twice."));
}

TEST_F(DefectsTest, OfQuorumsNestedTooDeep) {
  std::string nested;
  for (int i = 0; i < 15; ++i) {
    const std::string of = i == 0 ? "two-of-three" : "q" + std::to_string(i - 1);
    nested +=
        "[[quorum]]\nid = \"q" + std::to_string(i) + "\"\nat_least = 1\nof = [\"" + of + "\"]\n";
  }
  set(kList + nested);
  EXPECT_THAT(defects(), IsEmpty());
  set(kList + nested + "[[quorum]]\nid = \"q15\"\nat_least = 1\nof = [\"q14\"]\n");
  EXPECT_THAT(defects(), ElementsAre("list.toml:119: quorum[16].of: is nested more than 16 deep."));
}

TEST_F(DefectsTest, OfLedgers) {
  expect_one("format = \"demo\"", "format = \"demon\"",
             "list.toml:39: ledger[0].format: 'demon' is not known here; the nearest is 'demo'. "
             "Write one of: fabric chainmaker fisco-bcos operator-attestation tlog sigsum "
             "sigstore ccf rfc3161 evidence-record opentimestamps demo.");
  expect_one("quorum = \"two-of-three\"", "quorum = \"court\"",
             "list.toml:40: ledger[0].quorum: 'court' is no quorum of this list.");
  expect_one("\"sha-256\" = \"/what", "\"sha256\" = \"/what",
             "list.toml:42: ledger[0].record.digest.sha256: is no digest algorithm. Write one of: "
             "sha-256 sha-384 sha-512 sm3 sha-1 md5.");
  expect_one("\"/what/sm3\"", "\"\"", "list.toml:42: ledger[0].record.digest.sm3: is empty.");
  expect_one("\"/who/party\"", "5", "list.toml:43: ledger[0].record.who: must be text in quotes.");
  // The ledger stopped at its first defect: what it did not ask for is not told as unknown.
  expect_one("  channel = \"evidence\"\n", "", "list.toml:44: ledger[0].demo.channel: is missing.");
  expect_one_after("[[ledger]]\nid = \"second\"\nformat = \"demo\"\n",
                   "list.toml:56: ledger[1].demo: is missing. Add the table [ledger.demo] with the "
                   "settings of this format.");
  expect_one(
      "  [ledger.demo]", "  [ledger.fabric]\n  [ledger.demo]",
      "list.toml:44: ledger[0].fabric: is no key of this table. The nearest key is 'format'.");
}

TEST_F(DefectsTest, OfTimeAuthorities) {
  expect_one("institution = \"court\"", "institution = \"nobody\"",
             "list.toml:52: tsa[0].institution: 'nobody' is no institution of this list.");
  expect_one("institution = \"court\"", "institution = \"notary\"",
             "list.toml:52: tsa[0].institution: has no [[institution.ca]] to anchor its "
             "time-stamps.");
  expect_one("class = \"licensed-ca\"", "class = \"licensed\"",
             "list.toml:54: tsa[0].class: 'licensed' is not known here; the nearest is "
             "'licensed-ca'. Write one of: qualified licensed-ca private.");
  expect_one("\"1.2.3.4\"", "\"1..3\"",
             "list.toml:53: tsa[0].policies: '1..3' is no object identifier. Write 1.2.3.4.");
  expect_one("class = \"licensed-ca\"\n", "", "list.toml:51: tsa[0].class: is missing.");
}

TEST_F(DefectsTest, OfForm) {
  expect_one("[[tsa]]", "[tsa]",
             "list.toml:51: tsa: must be a list of tables, each headed by [[tsa]].");
  expect_one("name = { zh = \"公证处\" }", "name = \"公证处\"",
             "list.toml:25: institution[1].name: must be a table.");
  expect_one("[\"91110108551385082Q\", \"某公司\"]", "[\"91110108551385082Q\", 7]",
             "list.toml:11: institution[0].linked_parties: must be an array of texts.");
}

TEST_F(DefectsTest, AreAllToldInTheOrderOfTheLines) {
  replace("version = 3", "version = 0");
  replace("keys/ed25519.pem", "keys/none.pem");
  replace("at_least = 2", "at_least = 9");
  replace("  channel = \"evidence\"", "  channel = 7");
  replace("class = \"licensed-ca\"", "clas = \"private\"");
  EXPECT_THAT(defects(), ElementsAre(StartsWith("list.toml:3: "), StartsWith("list.toml:15: "),
                                     StartsWith("list.toml:33: "), StartsWith("list.toml:45: "),
                                     StartsWith("list.toml:51: tsa[0].class: is missing"),
                                     StartsWith("list.toml:54: tsa[0].clas: is no key")));
}

TEST_F(DefectsTest, AreCutAfterAThousand) {
  std::string many;
  for (int i = 0; i < 5000; ++i) many += "k" + std::to_string(i) + " = 1\n";
  set(many + kList);
  EXPECT_THAT(defects(), SizeIs(1000));
}

TEST_F(DefectsTest, ShowHostileTextVisibly) {
  replace("kind = \"notary\"", "kind = \"a\\u202Eb\"");
  replace("\"platform\"]", "\"pl\\u001B[31m\"]");
  for (const std::string& defect : defects()) {
    EXPECT_EQ(defect.find('\x1b'), std::string::npos);
    EXPECT_EQ(defect.find("\u202E"), std::string::npos);
  }
  EXPECT_THAT(defects(), SizeIs(2));
}

}  // namespace
}  // namespace heyan::trust::testing
