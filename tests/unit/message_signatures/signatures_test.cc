#include "gateway/message_signatures/signatures.h"

#include <gmock/gmock.h>

#include "gateway/http/digest_fields.h"

namespace heyan::message_signatures {
namespace {

using core::ErrorCode;
using crypto::KeyAlgorithm;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::int64_t kNow = 1'800'000'000;
constexpr std::string_view kBody = R"({"hello":"world"})";
const std::vector<std::string> kAll = {"@method", "@target-uri", "content-digest"};

Message request(std::string target = "/in?x=1") {
  Message message;
  message.method = "POST";
  message.target = std::move(target);
  message.fields = {
      {"host", "Court.Example:443"},
      {"content-digest", http::write_sha256_digest(crypto::sha256(core::as_bytes(kBody)))},
      {"content-type", "application/json"}};
  return message;
}

http::SfInnerList covering(std::string_view list) {
  const auto dictionary = http::parse_sf_dictionary("s=" + std::string(list));
  return std::get<http::SfInnerList>(dictionary->front().second);
}

// The base without its last line.
std::string values(const Message& message, std::string_view list) {
  const auto base = signature_base(message, covering(list));
  if (!base) return std::string(core::name(base.error().code));
  return base->substr(0, base->rfind("\"@signature-params\""));
}

TEST(SignatureBase, HasEveryComponentOfARequest) {
  EXPECT_EQ(values(request(),
                   R"(("@method" "@target-uri" "@authority" "@scheme" "@request-target" "@path" )"
                   R"("@query" "content-type"))"),
            "\"@method\": POST\n\"@target-uri\": https://court.example/in?x=1\n"
            "\"@authority\": court.example\n\"@scheme\": https\n\"@request-target\": /in?x=1\n"
            "\"@path\": /in\n\"@query\": ?x=1\n\"content-type\": application/json\n");
  EXPECT_EQ(values(request("/in"), R"(("@query"))"), "\"@query\": ?\n");
  EXPECT_EQ(*signature_base(request(), covering(R"(();created=1;keyid="k")")),
            R"("@signature-params": ();created=1;keyid="k")");
}

// RFC 9421 sections 2.1 and 2.2.8.
TEST(SignatureBase, SpellsFieldsAndQueryParametersInOneWay) {
  Message message = request("/p?a=b%20c+d&e=%c3%a4&empty=&f%2f=1&twice=1&twice=2");
  message.fields.push_back({"x-list", "one"});
  message.fields.push_back({"x-list", "two"});
  EXPECT_EQ(values(message, R"(("@query-param";name="a"))"),
            "\"@query-param\";name=\"a\": b%20c%20d\n");
  EXPECT_EQ(values(message, R"(("@query-param";name="e"))"),
            "\"@query-param\";name=\"e\": %C3%A4\n");
  EXPECT_EQ(values(message, R"(("@query-param";name="empty"))"),
            "\"@query-param\";name=\"empty\": \n");
  EXPECT_EQ(values(message, R"(("@query-param";name="f%2F"))"),
            "\"@query-param\";name=\"f%2F\": 1\n");
  EXPECT_EQ(values(message, R"(("@query-param";name="twice"))"), "duplicate");
  EXPECT_EQ(values(message, R"(("@query-param";name="g"))"), "not-found");
  EXPECT_EQ(values(message, R"(("x-list" "x-list";bs))"),
            "\"x-list\": one, two\n\"x-list\";bs: :b25l:, :dHdv:\n");
  message.fields.push_back({"priority", "u=1 ,  i"});
  EXPECT_EQ(values(message, R"(("priority";sf "priority";key="u"))"),
            "\"priority\";sf: u=1, i\n\"priority\";key=\"u\": 1\n");
}

TEST(SignatureBase, OfAnAnswerCanBindTheRequest) {
  const Message asked = request();
  Message answer;
  answer.status = 200;
  answer.fields = {{"a", "b"}};
  EXPECT_EQ(values(answer, R"(("@status" "a"))"), "\"@status\": 200\n\"a\": b\n");
  EXPECT_EQ(values(answer, R"(("@method";req))"), "not-found");
  answer.request = &asked;
  EXPECT_EQ(values(answer, R"(("@method";req "content-type";req))"),
            "\"@method\";req: POST\n\"content-type\";req: application/json\n");
  EXPECT_EQ(values(answer, R"(("@method"))"), "not-found");
  EXPECT_EQ(values(asked, R"(("@method";req))"), "malformed");
  EXPECT_EQ(values(asked, R"(("@status"))"), "not-found");
}

TEST(SignatureBase, RefusesWhatHasNoOneReading) {
  for (const char* list :
       {R"(("@method" "@method"))", R"(("@signature-params"))", R"(("@nothing"))", R"(("missing"))",
        R"((1))", R"((method))", R"((""))", R"(("Content-Type"))", R"(("@method";name="x"))",
        R"(("content-type";tr))", R"(("content-type";sf))", R"(("content-type";bs;sf))",
        R"(("content-digest";key=1))", R"(("content-digest";key="md5"))", R"(("@query-param"))",
        R"(("@query-param";name=1))", R"(("content type"))"}) {
    EXPECT_FALSE(signature_base(request(), covering(list))) << list;
  }
  Message twice = request();
  twice.fields.push_back({"host", "other.example"});
  EXPECT_EQ(values(twice, R"(("@authority"))"), "not-found");
}

class Signatures : public testing::TestWithParam<KeyAlgorithm> {
 protected:
  void SetUp() override {
    policy.now = kNow;
    policy.required = {"\"@method\"", "\"@target-uri\"", "\"content-digest\""};
    policy.keyid = "key-1";
    policy.tag = "t";
  }
  Message signed_request(const std::vector<std::string>& components = kAll,
                         std::int64_t created = kNow) const {
    Message message = request();
    const auto fields =
        sign(message, "sig", components, {.created = created, .keyid = "key-1", .tag = "t"}, key);
    EXPECT_TRUE(fields);
    message.fields.push_back({"signature-input", fields->signature_input});
    message.fields.push_back({"signature", fields->signature});
    return message;
  }
  std::set<Fault> faults(const Message& message, std::string_view body = kBody) const {
    crypto::SignatureChecker checker(crypto::production_engines(), {});
    return verify(message, core::as_bytes(body), "sig", key.public_key(), policy, checker).faults;
  }

  crypto::SigningKey key = *crypto::SigningKey::generate(GetParam());
  Policy policy;
};

TEST_P(Signatures, HoldAsTheyWereMade) {
  EXPECT_THAT(faults(signed_request()), IsEmpty());
  EXPECT_THAT(signed_request().fields[3].value,
              testing::StartsWith(R"(sig=("@method" "@target-uri" "content-digest");created=)"));
}

TEST_P(Signatures, AreInvalidWhereAnythingCoveredChanged) {
  Message other = signed_request();
  other.method = "PUT";
  EXPECT_THAT(faults(other), ElementsAre(Fault::kInvalid));
  other = signed_request();
  other.target += "&y=2";
  EXPECT_THAT(faults(other), ElementsAre(Fault::kInvalid));
  other = signed_request();
  other.fields[0].value = "evil.example";
  EXPECT_THAT(faults(other), ElementsAre(Fault::kInvalid));
  EXPECT_THAT(faults(signed_request(), "other"), ElementsAre(Fault::kDigestMismatch));
  other = signed_request();
  char& digit = other.fields[4].value[9];
  digit = digit == 'A' ? 'B' : 'A';
  EXPECT_THAT(faults(other), ElementsAre(Fault::kInvalid));
}

TEST_P(Signatures, AreRefusedByPolicy) {
  EXPECT_THAT(faults(signed_request({})), ElementsAre(Fault::kNothingCovered, Fault::kNotCovered));
  EXPECT_THAT(faults(signed_request({"@method", "@target-uri"})), ElementsAre(Fault::kNotCovered));
  EXPECT_THAT(faults(signed_request(kAll, kNow - 300)), IsEmpty());
  EXPECT_THAT(faults(signed_request(kAll, kNow - 301)), ElementsAre(Fault::kStale));
  EXPECT_THAT(faults(signed_request(kAll, kNow + 30)), IsEmpty());
  EXPECT_THAT(faults(signed_request(kAll, kNow + 31)), ElementsAre(Fault::kFuture));
  policy.keyid = "key-2";
  EXPECT_THAT(faults(signed_request()), ElementsAre(Fault::kOtherKey));
  policy.keyid = "key-1";
  policy.tag = "u";
  EXPECT_THAT(faults(signed_request()), ElementsAre(Fault::kOtherKey));
}

TEST_P(Signatures, WithoutFieldsOrWithOthersAreNone) {
  Message message = request();
  EXPECT_THAT(faults(message), ElementsAre(Fault::kMissing));
  message = signed_request();
  message.fields[4].value.replace(0, 3, "gis");
  EXPECT_THAT(faults(message), ElementsAre(Fault::kMissing));
  message = signed_request();
  message.fields[4].value = "sig=\"text\"";
  EXPECT_THAT(faults(message), ElementsAre(Fault::kMalformed));
  message.fields[4].value = "sig=:AA==:, sig=:AA==:";
  EXPECT_THAT(faults(message), ElementsAre(Fault::kMalformed));
  message = signed_request();
  message.fields[3].value = "sig=(\"@method\");created=\"1\"";
  EXPECT_THAT(faults(message), ElementsAre(Fault::kMalformed));
  message.fields[3].value = "sig=:AA==:";
  EXPECT_THAT(faults(message), ElementsAre(Fault::kMalformed));
  message.fields[3].value = R"(sig=("@nothing");keyid="key-1";tag="t")";
  EXPECT_THAT(faults(message),
              ElementsAre(Fault::kComponentMissing, Fault::kNotCovered, Fault::kUntimed));
}

// `alg` must name the key's own algorithm, and `expires` counts as well.
TEST_P(Signatures, SayTheirAlgorithmAndEnd) {
  Message message = signed_request();
  message.fields[3].value += ";expires=" + std::to_string(kNow - 1);
  EXPECT_THAT(faults(message), ElementsAre(Fault::kInvalid, Fault::kStale));
  message = signed_request();
  std::string& input = message.fields[3].value;
  input.replace(input.find("alg=\"") + 5, 1, "x");
  EXPECT_THAT(faults(message), ElementsAre(Fault::kInvalid, Fault::kOtherKey));
}

INSTANTIATE_TEST_SUITE_P(Keys, Signatures,
                         testing::Values(KeyAlgorithm::kEd25519, KeyAlgorithm::kEcdsaP256),
                         [](const auto& one) {
                           return one.param == KeyAlgorithm::kEd25519 ? "Ed25519" : "P256";
                         });

TEST(Signing, NeedsAKeyOfTheRegistryAndWhatItCovers) {
  const auto sm2 = crypto::SigningKey::generate(KeyAlgorithm::kSm2);
  const Parameters parameters{.created = 1, .keyid = "k", .tag = ""};
  EXPECT_EQ(sign(request(), "s", {"@method"}, parameters, *sm2).error().code,
            ErrorCode::kUnsupported);
  const auto ed25519 = crypto::SigningKey::generate(KeyAlgorithm::kEd25519);
  EXPECT_EQ(sign(request(), "s", {"missing"}, parameters, *ed25519).error().code,
            ErrorCode::kNotFound);
}

}  // namespace
}  // namespace heyan::message_signatures
