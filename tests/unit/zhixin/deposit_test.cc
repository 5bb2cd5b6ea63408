// Deposits through the open platform: who deposited what, and everything that is not that.
#include <cctype>
#include <fstream>
#include <iterator>

#include "tests/unit/zhixin/fixture.h"
#include "verifier/core/json.h"
#include "verifier/ledgers/zhixin/attest.h"

namespace heyan::ledgers::zhixin {
namespace {

using testing::answers;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Kept;
using testing::Scene;

constexpr auto kEqual = "MATCH_1 UNDETERMINED ATTESTED_FINGERPRINT_EQUAL NOTE";
constexpr auto kDiffers = "MATCH_1 UNDETERMINED ATTESTED_FINGERPRINT_DIFFERS INCONCLUSIVE";
constexpr auto kMalformed = "INC_1 UNDETERMINED INCLUSION_PROOF_MALFORMED INCONCLUSIVE";
constexpr auto kBadSignature = "INC_1 UNDETERMINED DEPOSIT_SIGNATURE_INVALID INCONCLUSIVE";

void expect_nothing(const v1::Attestation& attestation, const std::string& answer) {
  EXPECT_EQ(attestation.tier(), v1::TIER_OPERATOR_ATTESTATION);
  EXPECT_EQ(attestation.proof_outcome(), v1::PROOF_OUTCOME_REJECT);
  EXPECT_FALSE(attestation.has_record());
  EXPECT_THAT(answers(attestation), ElementsAre(answer));
}

TEST(Deposit, SaysWhoDepositedWhat) {
  const Kept kept;
  const auto attestation = Scene(kept.json()).judge();
  EXPECT_EQ(attestation.tier(), v1::TIER_OPERATOR_ATTESTATION);
  EXPECT_EQ(attestation.proof_outcome(), v1::PROOF_OUTCOME_ACCEPT);
  EXPECT_EQ(attestation.record().id(), kept.hash);
  EXPECT_EQ(attestation.record().what(), kept.extend_info);
  ASSERT_EQ(attestation.record().digests_size(), 1);
  EXPECT_EQ(attestation.record().digests(0).algorithm(), v1::DIGEST_ALGORITHM_SM3);
  ASSERT_EQ(attestation.signatures_size(), 1);
  const v1::Signature& signature = attestation.signatures(0);
  EXPECT_EQ(signature.signer(), attestation.record().who());
  EXPECT_EQ(signature.role(), "DEPOSITOR");
  EXPECT_EQ(signature.outcome(), v1::OUTCOME_PASS);
  EXPECT_EQ(signature.institution(), "");
  EXPECT_FALSE(signature.counted());
  EXPECT_THAT(answers(attestation), ElementsAre(kEqual));
}

// What the platform answered is quoted; nothing of it becomes a position or a time.
TEST(Deposit, LeavesTheAnswerDeclared) {
  const auto attestation = Scene(Kept().json()).judge();
  EXPECT_THAT(testing::declared(attestation),
              ElementsAre("retCode=0", "txId=7f3a", "blockHeight=1201", "txTime=2026-01-02"));
  EXPECT_FALSE(attestation.has_position());
  EXPECT_FALSE(attestation.has_time());
  EXPECT_FALSE(attestation.quorum().reached());
}

TEST(Deposit, NeedsNoAnswer) {
  Kept kept;
  kept.answer.clear();
  const auto attestation = Scene(kept.json()).judge();
  EXPECT_TRUE(attestation.has_record());
  EXPECT_THAT(testing::declared(attestation), IsEmpty());
}

TEST(Deposit, AddressesAreThoseOfTheEngine) {
  std::ifstream in(std::string(HEYAN_VECTORS) + "/chains-cn/vectors/identities.json",
                   std::ios::binary);
  const core::Bytes bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const auto document = core::json::parse(bytes, {});
  ASSERT_TRUE(document.has_value());
  crypto::SignatureChecker checker(crypto::production_engines(), {});
  int compared = 0;
  for (const auto& vector : *document->find("vectors")->as_array()) {
    const auto* address = vector.find("zhixin_address");
    if (address == nullptr) continue;
    const auto point = core::from_hex(*vector.find("public_key_hex")->as_string());
    EXPECT_EQ(zhixin_address(*point, checker), *address->as_string());
    ++compared;
  }
  EXPECT_GE(compared, 5);
}

TEST(Deposit, MayHoldTheSha256OfTheFile) {
  Kept kept;
  kept.hash = core::to_hex(crypto::sha256(core::as_bytes("a file")));
  kept.sign();
  const auto attestation = Scene(kept.json()).judge();
  EXPECT_THAT(answers(attestation), ElementsAre(kEqual));
  EXPECT_EQ(attestation.record().digests(0).algorithm(), v1::DIGEST_ALGORITHM_SHA_256);
}

// The signature holds all the same, and no algorithm is guessed.
TEST(Deposit, OfAnotherFileIsSaidToBe) {
  const Kept kept("another file");
  const auto attestation = Scene(kept.json()).judge();
  EXPECT_THAT(answers(attestation), ElementsAre(kDiffers));
  EXPECT_EQ(attestation.record().id(), kept.hash);
  EXPECT_THAT(attestation.record().digests(), IsEmpty());
}

TEST(Deposit, DiffersOnlyFromWhatWasMeasured) {
  Scene scene(Kept("another file").json());
  scene.measured.mutable_measured()->mutable_digests()->RemoveLast();
  EXPECT_THAT(answers(scene.judge()), IsEmpty());
  // Where the two libraries differ on the file, nothing was measured.
  scene = Scene(Kept("another file").json());
  scene.measured.mutable_measured()->mutable_digests(0)->set_second(std::string(32, 'x'));
  EXPECT_THAT(answers(scene.judge()), IsEmpty());
}

TEST(Deposit, TheListSaysWhichAlgorithmsAnOperatorUses) {
  Kept kept;
  kept.hash = core::to_hex(crypto::sha256(core::as_bytes("a file")));
  kept.sign();
  Scene scene(kept.json());
  scene.entry = "  [ledger.record]\n  digest = { sm3 = \"hash\" }";
  EXPECT_THAT(answers(scene.judge()), ElementsAre(kDiffers));
  scene.entry = "  [ledger.record]\n  digest = { \"sha-384\" = \"hash\" }";
  EXPECT_THAT(answers(scene.judge()), IsEmpty());  // of another length: not comparable
}

TEST(Deposit, NamesADepositorThatTheListKnows) {
  const Kept kept;
  Scene scene(kept.json());
  const std::string from = "  valid_from = 2025-01-01T00:00:00Z\n";
  scene.with_depositor(kept.key.public_key(), from);
  auto attestation = scene.judge();
  EXPECT_EQ(attestation.signatures(0).institution(), "press");
  EXPECT_FALSE(attestation.signatures(0).counted());
  EXPECT_THAT(answers(attestation), ElementsAre(kEqual));
  // Expired since, as far as anybody knows.
  scene.with_depositor(kept.key.public_key(), from + "  valid_until = 2026-02-01T00:00:00Z");
  attestation = scene.judge();
  EXPECT_EQ(attestation.signatures(0).institution(), "press");
  EXPECT_THAT(answers(attestation),
              ElementsAre("KEY_1 UNDETERMINED NODE_CERT_EXPIRED_NO_POE NOTE", kEqual));
}

TEST(Deposit, NamesNobodyByAKeyThatWasRevokedOrIsAnothers) {
  const Kept kept;
  Scene scene(kept.json());
  scene.with_depositor(kept.key.public_key(), "  revoked_at = 2026-03-01T00:00:00Z");
  EXPECT_EQ(scene.judge().signatures(0).institution(), "");
  EXPECT_THAT(answers(scene.judge()),
              ElementsAre("KEY_1 UNDETERMINED NODE_CERT_REVOKED_NO_POE NOTE", kEqual));
  scene.with_depositor(Kept().key.public_key(), "");
  EXPECT_EQ(scene.judge().signatures(0).institution(), "");
}

// Any signed member changed, by someone without the key.
TEST(Deposit, ChangedAfterSigningShowsNothing) {
  const Kept other;
  for (int changed = 0; changed < 4; ++changed) {
    Kept kept;
    if (changed == 0) kept.public_key = other.public_key;
    if (changed == 1) kept.hash = Kept("another file").hash;
    if (changed == 2) kept.extend_info += "。";
    if (changed == 3) kept.signature = other.signature;
    Scene scene(kept.json());
    scene.with_depositor(kept.key.public_key(), "");
    const auto attestation = scene.judge();
    expect_nothing(attestation, kBadSignature);
    EXPECT_EQ(attestation.signatures(0).outcome(), v1::OUTCOME_FAIL);
    EXPECT_EQ(attestation.signatures(0).institution(), "");
    EXPECT_THAT(attestation.ledger_reasons(), ElementsAre("DEPOSIT_SIGNATURE"));
  }
}

// The fingerprint in the other case is another text.
TEST(Deposit, SignsTheSpellingOfItsFingerprint) {
  Kept kept;
  for (char& c : kept.hash) c = static_cast<char>(std::toupper(c));
  expect_nothing(Scene(kept.json()).judge(), kBadSignature);
  kept.sign();
  EXPECT_THAT(answers(Scene(kept.json()).judge()), ElementsAre(kEqual));
}

// An underscore cannot be moved from one member to the next.
TEST(Deposit, ReadsItsSignedTextOneWayOnly) {
  Kept kept;
  kept.extend_info = "a_b";
  kept.sign();
  kept.hash += "_a";
  kept.extend_info = "b";
  expect_nothing(Scene(kept.json()).judge(), kMalformed);
}

TEST(Deposit, SignaturesAreInOneEncoding) {
  const Kept kept;
  const auto der = core::from_base64(kept.signature).value();
  core::Bytes longer = der;
  longer.push_back(0);
  core::Bytes shorter = der;
  shorter.pop_back();
  for (const core::Bytes& bytes : {longer, shorter, core::Bytes(64, 1), core::Bytes()}) {
    Kept changed = kept;
    changed.signature = core::to_base64(bytes);
    expect_nothing(Scene(changed.json()).judge(), kBadSignature);
  }
}

TEST(Deposit, TheUserIdIsTheOperators) {
  Kept kept;
  kept.sign("zhixin@example.cn");
  Scene scene(kept.json());
  expect_nothing(scene.judge(), kBadSignature);
  scene.settings = "  sm2_user_id = \"zhixin@example.cn\"";
  EXPECT_TRUE(scene.judge().has_record());
}

// Whatever is wrong with the form.
TEST(Deposit, MalformedShowsNothing) {
  const Kept kept;
  const auto changed = [&](const std::string& from, const std::string& to) {
    std::string text = kept.json();
    const std::size_t at = text.find(from);
    if (at == std::string::npos) ADD_FAILURE() << from;
    return text.replace(at, from.size(), to);
  };
  const std::string key = core::to_base64(core::Bytes(65, 4));  // not on the curve
  const auto point = core::to_bytes(kept.key.public_key().point());
  const std::string bare = core::to_base64(core::ByteView(point).subspan(1));
  std::vector<std::string> texts = {
      kept.json() + "x",
      kept.json() + kept.json(),
      kept.json().substr(0, kept.json().size() - 1),
      changed("\"extendInfo\"", "\"extendinfo\""),
      changed("\"hash\":", "\"hash\":\"\",\"hash\":"),
      changed("{\"schema\"", "{\"more\":1,\"schema\""),
      changed(kept.hash, kept.hash.substr(2)),
      changed(kept.hash, kept.hash.substr(1)),
      changed(kept.hash, kept.hash.substr(1) + "g"),
      changed(kept.public_key, key),
      changed(kept.public_key, bare),
      changed(kept.public_key, kept.public_key + "\\n"),
      changed("\"sign\":\"", "\"sign\":\" "),
      changed("\"sign\":\"" + kept.signature + "\"", "\"sign\":7"),
      changed("\"retCode\":0", "\"retCode\":-1"),
      changed("\"retCode\":0", "\"retCode\":\"0\""),
      changed("\"txId\":\"7f3a\"", "\"txId\":\"\""),
      changed("\"txId\":\"7f3a\"", "\"txId\":\"" + std::string(257, 'x') + "\""),
      changed("\"txId\"", "\"txID\""),
      changed("1201", "12.5"),
      changed("\"answer\":{", "\"answer\":[{"),
  };
  Kept longest;
  longest.extend_info.clear();
  for (int i = 0; i < 1024; ++i) longest.extend_info += "证";
  longest.sign();
  EXPECT_TRUE(Scene(longest.json()).judge().has_record());
  longest.extend_info += "证";
  longest.sign();
  texts.push_back(longest.json());
  for (const std::string& text : texts) {
    SCOPED_TRACE(text.substr(0, 400));
    expect_nothing(Scene(text).judge(), kMalformed);
  }
}

TEST(Deposit, AnyMemberLeftOutShowsNothing) {
  for (const char* name : {"publicKey", "hash", "extendInfo", "sign"}) {
    const auto whole = core::json::parse(core::as_bytes(Kept().json()), {});
    core::json::Value less{core::json::Value::Object{}};
    for (const auto& [member, value] : *whole->as_object()) {
      if (member != name) less.set(member, value);
    }
    expect_nothing(Scene(core::json::write_canonical(less)).judge(), kMalformed);
  }
}

TEST(Deposit, EachDocumentSpeaksForItself) {
  const Kept one;
  const Kept other("another file");
  const auto all = Scene("").judge_all({one.json(), other.json(), one.json()});
  ASSERT_TRUE(all.has_value());
  ASSERT_EQ(all->size(), 2u);  // the same again says nothing new
  EXPECT_THAT(answers((*all)[0]), ElementsAre(kEqual));
  EXPECT_THAT(answers((*all)[1]), ElementsAre(kDiffers));
}

TEST(Deposit, ABudgetThatIsSpentConcludesNothing) {
  Scene scene(Kept().json());
  scene.limits.signatures = 0;
  const auto all = scene.judge_all({scene.document});
  ASSERT_FALSE(all.has_value());
  EXPECT_EQ(all.error().code, core::ErrorCode::kLimit);
}

// A second engine that refuses what OpenSSL accepts.
class Refusing final : public crypto::Engine {
 public:
  explicit Refusing(const crypto::Engine& other) : other_(other) {}
  std::string_view name() const override { return "refusing"; }
  std::unique_ptr<crypto::Hasher> hasher(crypto::Hash hash) const override {
    return other_.hasher(hash);
  }
  bool verify(const crypto::PublicKey&, const crypto::Scheme&, core::ByteView,
              core::ByteView) const override {
    return false;
  }

 private:
  const crypto::Engine& other_;
};

TEST(Deposit, EnginesThatDisagreeCompleteNothing) {
  Scene scene(Kept().json());
  const Refusing refusing(*scene.engines.second);
  scene.engines.second = &refusing;
  const auto attestation = scene.judge();
  EXPECT_FALSE(attestation.has_record());
  EXPECT_THAT(answers(attestation),
              ElementsAre(kBadSignature, "QUO_3 FAIL SIGNATURE_ENGINES_DISAGREE NOT_COMPLETED"));
}

}  // namespace
}  // namespace heyan::ledgers::zhixin
