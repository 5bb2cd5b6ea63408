// Signed reports: made here, verified by programs that are not ours, and refused when anything
// differs.
#include <gmock/gmock.h>

#include "tests/functional/sample_case.h"
#include "verifier/core/bytes.h"

namespace heyan::functional {
namespace {

using testing::HasSubstr;

core::Bytes decoded(const Json& text) {
  const auto bytes = core::from_base64url(text.get<std::string>());
  EXPECT_TRUE(bytes.has_value());
  return bytes.value_or(core::Bytes{});
}

// DER INTEGER of 32 big-endian bytes.
std::string der_integer(std::string_view bytes) {
  while (bytes.size() > 1 && bytes[0] == 0 && (bytes[1] & 0x80) == 0) bytes.remove_prefix(1);
  std::string content(bytes);
  if ((content[0] & 0x80) != 0) content.insert(content.begin(), '\0');
  return std::string("\x02") + static_cast<char>(content.size()) + content;
}

class Jws : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    EXPECT_EQ(heyan({"keys", "new", keys()}).status, 0);
    const Outcome outcome =
        heyan({"verify", sample_folder() + "/case", "--trust", sample_trust(), "--at",
               std::string(kAt), "--format", "jws", "--keys", keys(), "--out", report()});
    EXPECT_EQ(outcome.status, 10) << outcome.err;
    jws_ = new Json(Json::parse(read_file(report())));
  }
  static void TearDownTestSuite() {
    delete folder_;
    delete jws_;
  }
  static std::string keys() { return *folder_ / "keys"; }
  static std::string key(std::string_view name) { return keys() + "/" + std::string(name); }
  static std::string report() { return *folder_ / "report.jws"; }
  static const Json& jws() { return *jws_; }

  static Outcome check(const std::string& path, std::vector<std::string> names) {
    std::vector<std::string> arguments = {"report", "verify", path, "--lang", "en"};
    for (const std::string& name : names) {
      arguments.insert(arguments.end(), {"--key", key(name)});
    }
    return heyan(arguments);
  }
  // The report with some change, checked with both certificates.
  static Outcome check_changed(const Json& changed) {
    const std::string path = *folder_ / "changed.jws";
    write_file(path, changed.dump());
    return check(path, {"es256.cert.pem", "sm2.cert.pem"});
  }

  static inline TemporaryFolder* folder_ = nullptr;
  static inline Json* jws_ = nullptr;
};

TEST_F(Jws, HoldsTheExactPayload) {
  EXPECT_EQ(core::to_string(decoded(jws()["payload"])), verify(sample_folder() + "/case").out);
  EXPECT_EQ(jws()["signatures"].size(), 2u);
}

TEST_F(Jws, IsVerifiedByJose) {
  const std::string script = HEYAN_SOURCE "/tests/functional/node/verify_jws.mjs";
  if (!std::filesystem::exists(HEYAN_SOURCE "/tests/functional/node/node_modules/jose")) {
    GTEST_SKIP() << "npm package jose is not installed: run tests/install check";
  }
  const auto jose = [&](const std::string& path, std::string_view name) {
    return run({.arguments = {"node", script, path, key(name)},
                .environment = {},
                .folder = {},
                .input = {}});
  };
  const std::string digest = sha256_hex(core::to_string(decoded(jws()["payload"])));
  for (const char* name : {"es256.cert.pem", "es256.pub.pem"}) {
    const Outcome outcome = jose(report(), name);
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_EQ(outcome.out, digest + "\n");
  }
  Json changed = jws();
  changed["payload"] = core::to_base64url(core::as_bytes("{}"));
  write_file(*folder_ / "jose.jws", changed.dump());
  EXPECT_EQ(jose(*folder_ / "jose.jws", "es256.cert.pem").status, 1);
}

TEST_F(Jws, IsVerifiedByOpenSsl) {
  const Json& sm2 = jws()["signatures"][1];
  EXPECT_EQ(Json::parse(decoded(sm2["protected"]))["alg"], "urn:heyan:jws:sm2-sm3");
  const std::string signature = core::to_string(decoded(sm2["signature"]));
  ASSERT_EQ(signature.size(), 64u);
  const std::string body = der_integer(signature.substr(0, 32)) + der_integer(signature.substr(32));
  write_file(*folder_ / "sm2.der", std::string("\x30") + static_cast<char>(body.size()) + body);
  const std::string signed_text =
      sm2["protected"].get<std::string>() + "." + jws()["payload"].get<std::string>();
  const auto openssl = [&](std::string_view text, const std::string& id) {
    write_file(*folder_ / "signed.txt", text);
    return run(
        {.arguments = {"openssl", "pkeyutl", "-verify", "-pubin", "-inkey", key("sm2.pub.pem"),
                       "-in", *folder_ / "signed.txt", "-rawin", "-digest", "sm3", "-pkeyopt",
                       "distid:" + id, "-sigfile", *folder_ / "sm2.der"},
         .environment = {},
         .folder = {},
         .input = {}});
  };
  const Outcome outcome = openssl(signed_text, "1234567812345678");
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  EXPECT_NE(openssl(signed_text + "x", "1234567812345678").status, 0);
  EXPECT_NE(openssl(signed_text, "8765432187654321").status, 0);
}

TEST_F(Jws, StandsWithTheIssuersKeys) {
  for (const auto& names : std::vector<std::vector<std::string>>{
           {"es256.cert.pem", "sm2.cert.pem"}, {"sm2.pub.pem", "es256.pub.pem"}}) {
    const Outcome outcome = check(report(), names);
    EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("The signatures are valid"));
    EXPECT_THAT(outcome.out, HasSubstr("No report log proof is attached"));
    const Json payload = Json::parse(decoded(jws()["payload"]));
    EXPECT_THAT(outcome.out, HasSubstr(payload["reportNumber"].get<std::string>()));
    EXPECT_THAT(outcome.out, HasSubstr(kAt));
  }
}

// Security decision 14: coherent in itself is not enough.
TEST_F(Jws, IsUndeterminedWithoutThem) {
  TemporaryFolder others;
  EXPECT_EQ(heyan({"keys", "new", others / "keys"}).status, 0);
  const std::vector<std::vector<std::string>> key_lists = {
      {},
      {"--key", key("es256.cert.pem")},
      {"--key", others / "keys/es256.cert.pem", "--key", others / "keys/sm2.cert.pem"}};
  for (const auto& key_list : key_lists) {
    std::vector<std::string> arguments = {"report", "verify", report(), "--lang", "en"};
    arguments.insert(arguments.end(), key_list.begin(), key_list.end());
    const Outcome outcome = heyan(arguments);
    EXPECT_EQ(outcome.status, 11) << outcome.out;
    EXPECT_THAT(outcome.out, HasSubstr("issuer unknown"));
  }
}

// A report has two signatures, and a user two files to name.
TEST_F(Jws, SaysThatOneOfTwoKeysIsMissing) {
  for (const char* one : {"es256.cert.pem", "sm2.cert.pem"}) {
    const Outcome outcome = check(report(), {one});
    EXPECT_EQ(outcome.status, 11);
    EXPECT_THAT(outcome.out, testing::StartsWith("One of two signatures is by a key you named; "
                                                 "name the other certificate too"));
  }
  EXPECT_THAT(heyan({"report", "verify", report(), "--key", key("sm2.cert.pem")}).out,
              testing::StartsWith("两个签名之一由您指定的密钥作出"));
  const std::string help = heyan({"report", "verify", "--help"}).out;
  EXPECT_THAT(help, HasSubstr("--key report-es256.cert.pem --key report-sm2.cert.pem"));
}

TEST_F(Jws, SaysWhatItIsAbout) {
  const Outcome outcome = check(report(), {"es256.cert.pem", "sm2.cert.pem"});
  EXPECT_THAT(outcome.out, HasSubstr("*** Sample trust list: "));
  EXPECT_THAT(outcome.out, HasSubstr("Judged as of: "));
  EXPECT_THAT(outcome.out, HasSubstr("Court: “杭州互联网法院（样例）” (declared)\n"));
  EXPECT_THAT(outcome.out, HasSubstr("Case number: “(2026)浙0192民初0001号（样例）” (declared)\n"));
}

TEST_F(Jws, SaysWhyItDoesNotStand) {
  write_file(*folder_ / "text.jws", "a text");
  const Outcome text = check(*folder_ / "text.jws", {});
  EXPECT_EQ(text.status, 10);
  EXPECT_THAT(text.out, HasSubstr("This is not a signed report; name report.jws as the court"));
  Json changed = jws();
  std::swap(changed["signatures"][0]["signature"], changed["signatures"][1]["signature"]);
  EXPECT_THAT(check_changed(changed).out, HasSubstr("A signature does not fit the report."));
}

// Files that come from the same places as a signed report.
TEST_F(Jws, SaysWhichOtherFileItIsAndWhatToNameInstead) {
  const auto says = [](const std::string& name, const std::string& bytes) {
    write_file(*folder_ / name, bytes);
    const Outcome outcome = check(*folder_ / name, {"es256.cert.pem", "sm2.cert.pem"});
    EXPECT_EQ(outcome.status, 10) << name;
    EXPECT_THAT(outcome.out, HasSubstr("does not stand")) << name;
    EXPECT_THAT(outcome.out, testing::Not(HasSubstr("HY-"))) << name;
    EXPECT_THAT(outcome.out, testing::Not(HasSubstr("--format jws"))) << name;
    return outcome.out;
  };
  const auto written_as = [](const std::string& format) {
    return heyan({"verify", sample_folder() + "/case", "--trust", sample_trust(), "--at",
                  std::string(kAt), "--format", format})
        .out;
  };
  const std::string page = written_as("html");
  EXPECT_THAT(says("report.html", page), HasSubstr("a web page (HTML)"));
  EXPECT_THAT(says("saved.html", "\r\n<!DOCTYPE html>" + page.substr(15)),
              testing::Not(HasSubstr("XML")));
  EXPECT_THAT(says("report.json", written_as("json")), HasSubstr("Name report.jws, which came"));
  const Json& es256 = jws()["signatures"][0];
  EXPECT_THAT(says("compact.jws", es256["protected"].get<std::string>() + "." +
                                      jws()["payload"].get<std::string>() + "." +
                                      es256["signature"].get<std::string>() + "\n"),
              HasSubstr("a JWS in compact form"));
  EXPECT_EQ(verify(sample_folder() + "/case", {"--record", *folder_ / "case.hcr"}).status, 10);
  EXPECT_THAT(says("record.hcr", read_file(*folder_ / "case.hcr")), HasSubstr("a case record"));
  Json more = jws();
  more["kid"] = "1";
  EXPECT_THAT(says("more.jws", more.dump()),
              testing::AllOf(HasSubstr("a member that no signed report has"),
                             HasSubstr("Get report.jws again"), HasSubstr("[members]")));
}

TEST_F(Jws, RefusesKeysThatAreNone) {
  const Outcome secret = check(report(), {"es256.key.pem"});
  EXPECT_EQ(secret.status, 65);
  EXPECT_THAT(secret.err, HasSubstr("this is a private key"));
  EXPECT_EQ(check(report(), {""}).status, 74);  // the folder itself
  EXPECT_EQ(check(keys(), {}).status, 74);
}

TEST_F(Jws, FallsWithAnyChange) {
  const auto expect_fallen = [](const Json& changed, const char* what) {
    const Outcome outcome = check_changed(changed);
    EXPECT_EQ(outcome.status, 10) << what;
    EXPECT_THAT(outcome.out, HasSubstr("does not stand")) << what;
    EXPECT_EQ(outcome.out.find("HY-"), std::string::npos) << what;  // nothing of it is repeated
  };
  Json changed = jws();
  Json payload = Json::parse(decoded(changed["payload"]));
  payload["verdict"] = "ALL_CONSISTENT";
  changed["payload"] = core::to_base64url(core::as_bytes(payload.dump()));
  expect_fallen(changed, "payload");
  changed = jws();
  changed["signatures"].erase(1);
  expect_fallen(changed, "one signature removed");
  changed = jws();
  changed["signatures"].erase(0);
  expect_fallen(changed, "the other signature removed");
  changed = jws();
  changed["signatures"][1] = changed["signatures"][0];
  expect_fallen(changed, "one signature twice");
  changed = jws();
  changed["signatures"][0]["header"] = {{"kid", "x"}};
  expect_fallen(changed, "an unprotected header");
  changed = jws();
  std::swap(changed["signatures"][0]["signature"], changed["signatures"][1]["signature"]);
  expect_fallen(changed, "signatures exchanged");
  changed = jws();
  changed["comment"] = "";
  expect_fallen(changed, "an unknown member");
  changed = jws();
  changed["payload"] = changed["payload"].get<std::string>() + "=";
  expect_fallen(changed, "lax base64");
}

TEST_F(Jws, IsAskedForByItsName) {
  write_file(*folder_ / "payload.json", verify(sample_folder() + "/case").out);
  EXPECT_EQ(check(*folder_ / "payload.json", {"es256.cert.pem"}).status, 10);
  write_file(*folder_ / "empty.jws", "");
  EXPECT_EQ(check(*folder_ / "empty.jws", {}).status, 10);
  EXPECT_EQ(check("/nonexistent.jws", {}).status, 74);
  EXPECT_EQ(check(report(), {"none.pem"}).status, 74);
  write_file(key("bad.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
  EXPECT_EQ(check(report(), {"bad.pem"}).status, 65);
}

TEST_F(Jws, SaysItInChinese) {
  const Outcome outcome = heyan({"report", "verify", report(), "--key", key("es256.cert.pem"),
                                 "--key", key("sm2.cert.pem"), "--lang", "zh"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.out, HasSubstr("签名有效"));
}

class Keys : public testing::Test {
 protected:
  Keys() { EXPECT_EQ(heyan({"keys", "new", keys()}).status, 0); }
  std::string keys() const { return folder_ / "keys"; }
  Outcome sign() const {
    return heyan({"verify", sample_folder() + "/case", "--trust", sample_trust(), "--format", "jws",
                  "--keys", keys()});
  }
  TemporaryFolder folder_;
};

TEST_F(Keys, AreReadableByTheirOwnerAlone) {
  using std::filesystem::perms;
  const auto mode = [](const std::string& path) {
    return std::filesystem::status(path).permissions() & perms::mask;
  };
  EXPECT_EQ(mode(keys()), perms::owner_all);
  EXPECT_EQ(mode(keys() + "/es256.key.pem"), perms::owner_read | perms::owner_write);
  EXPECT_EQ(mode(keys() + "/sm2.key.pem"), perms::owner_read | perms::owner_write);
}

TEST_F(Keys, AreNotMadeForNobody) {
  for (const char* name : {"--name=", "--name=a\x1b[2J"}) {
    EXPECT_EQ(heyan({"keys", "new", folder_ / "others", name}).status, 2) << name;
  }
  EXPECT_EQ(heyan({"keys", "new", folder_ / "others", "--name", ""}).status, 2);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "others"));
}

TEST_F(Keys, AreNeverOverwritten) {
  const std::string before = read_file(keys() + "/es256.key.pem");
  EXPECT_EQ(heyan({"keys", "new", keys()}).status, 2);
  EXPECT_EQ(read_file(keys() + "/es256.key.pem"), before);
}

TEST_F(Keys, AreRefusedWhenOthersCanReadThem) {
  EXPECT_EQ(sign().status, 10);
  for (const char* name : {"/es256.key.pem", "/sm2.key.pem", ""}) {
    const std::string path = keys() + name;
    const auto mode = std::filesystem::status(path).permissions();
    std::filesystem::permissions(path, mode | std::filesystem::perms::group_read);
    const Outcome outcome = sign();
    EXPECT_EQ(outcome.status, 74) << path;
    EXPECT_THAT(outcome.out, testing::IsEmpty());
    std::filesystem::permissions(path, mode);
  }
  EXPECT_EQ(sign().status, 10);
}

TEST_F(Keys, MustFitTheirCertificates) {
  TemporaryFolder others;
  ASSERT_EQ(heyan({"keys", "new", others / "keys"}).status, 0);
  write_file(keys() + "/es256.cert.pem", read_file(others / "keys/es256.cert.pem"));
  EXPECT_EQ(sign().status, 65);
}

TEST_F(Keys, MustBeOfTheirKind) {
  write_file(keys() + "/es256.key.pem", read_file(keys() + "/sm2.key.pem"));
  write_file(keys() + "/es256.cert.pem", read_file(keys() + "/sm2.cert.pem"));
  EXPECT_EQ(sign().status, 65);
}

TEST_F(Keys, HaveCertificatesThatOpenSslReads) {
  for (const char* name : {"/es256.cert.pem", "/sm2.cert.pem"}) {
    const Outcome outcome = run({.arguments = {"openssl", "x509", "-in", keys() + name, "-noout",
                                               "-subject", "-checkend", "33696000"},  // 390 days
                                 .environment = {},
                                 .folder = {},
                                 .input = {}});
    EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("Heyan report signing"));
  }
}

}  // namespace
}  // namespace heyan::functional
