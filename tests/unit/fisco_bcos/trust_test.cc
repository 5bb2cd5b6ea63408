// [ledger.fisco-bcos]: every mistake is named, with its place and remedy.
#include "tests/unit/fisco_bcos/chain.h"
#include "tests/unit/fisco_bcos/item.h"

namespace heyan::ledgers::fisco_bcos::testing {
namespace {

using ::testing::HasSubstr;

class FiscoTrust : public ::testing::Test {
 protected:
  const Chain chain_{Crypto::kEcdsa};
  const std::string good_ = chain_.trust(plain_record(Crypto::kEcdsa));

  static std::string defects(const std::string& toml) {
    const auto list = parse_list(toml);
    return list ? std::string() : list.error();
  }
  // The good list with one text in place of another.
  std::string with(std::string_view text, const std::string& by) const {
    std::string toml = good_;
    const std::size_t at = toml.find(text);
    EXPECT_NE(at, toml.npos) << text;
    return toml.replace(at, text.size(), by);
  }
  std::string signer(const std::string& address, const std::string& institution = "court") const {
    return "[[ledger.fisco-bcos.signer]]\naddress = \"" + address + "\"\ninstitution = \"" +
           institution + "\"\n";
  }
};

TEST_F(FiscoTrust, TheGoodListHasNoDefect) { EXPECT_EQ(defects(good_), ""); }

TEST_F(FiscoTrust, FormsAreNamed) {
  EXPECT_THAT(defects(with("version = 3\n", "version = 4\n")), HasSubstr("neither 2 nor 3"));
  EXPECT_THAT(defects(with("version = 3\n", "version = \"3\"\n")), HasSubstr("version"));
  EXPECT_THAT(defects(with("version = 3\n", "")), HasSubstr("version: is missing"));
  EXPECT_THAT(defects(with("\"ecdsa\"", "\"ecdas\"")), HasSubstr("'ecdsa'"));
  EXPECT_THAT(defects(with("crypto = \"ecdsa\"\n", "")), HasSubstr("crypto: is missing"));
  EXPECT_THAT(defects(with("contracts =", "contract =")), HasSubstr("contract"));
  EXPECT_THAT(defects(chain_.trust(plain_record(Crypto::kEcdsa), "chain_id = 1\n")),
              HasSubstr("chain_id"));
}

TEST_F(FiscoTrust, SealersAreKeysOfThisChainEachUnderOneInstitution) {
  const std::string id = core::to_hex(chain_.sealer(0).xy);
  EXPECT_THAT(defects(with(id, id.substr(2))), HasSubstr("is no node id"));
  EXPECT_THAT(defects(with(id, std::string(128, '1'))), HasSubstr("no point on the curve"));
  EXPECT_THAT(defects(with("crypto = \"ecdsa\"", "crypto = \"sm\"")),
              HasSubstr("no point on the curve"));
  EXPECT_THAT(defects(with(core::to_hex(chain_.sealer(1).xy), id)),
              HasSubstr("stands under 'court' too"));
  EXPECT_THAT(defects(with("institution = \"court\"", "institution = \"nobody\"")),
              HasSubstr("'nobody' is no institution"));
  const std::string sealer =
      "[[ledger.fisco-bcos.sealer]]\nnode_id = \"" + id + "\"\ninstitution = \"court\"\n";
  EXPECT_THAT(defects(good_ + sealer), HasSubstr("twice for the same heights"));
  EXPECT_THAT(defects(good_ + "wieght = 1\n"), HasSubstr("weight"));
  std::string none = good_;
  none.resize(none.find("[[ledger.fisco-bcos.sealer]]"));
  EXPECT_THAT(defects(none), HasSubstr("no sealer is named"));
}

TEST_F(FiscoTrust, ANodeMayLeaveAndComeBack) {
  const std::string id = core::to_hex(chain_.sealer(0).xy);
  const std::string again = "[[ledger.fisco-bcos.sealer]]\nnode_id = \"" + id +
                            "\"\ninstitution = \"court\"\nfrom_height = 11\n";
  const auto ends = [&](const std::string& height) {
    return with("institution = \"court\"\n",
                "institution = \"court\"\nto_height = " + height + "\n");
  };
  EXPECT_EQ(defects(ends("10") + again), "");
  EXPECT_THAT(defects(ends("11") + again), HasSubstr("twice for the same heights"));
  EXPECT_THAT(defects(ends("-1")), HasSubstr("is negative"));
  EXPECT_THAT(defects(good_ + again + "to_height = 10\n"), HasSubstr("below from_height"));
}

TEST_F(FiscoTrust, WeightsArePositiveAndOfTheThirdGeneration) {
  const auto weight = [&](const std::string& number) {
    return with("institution = \"court\"\n", "institution = \"court\"\nweight = " + number + "\n");
  };
  EXPECT_EQ(defects(weight("7")), "");
  for (const char* bad : {"0", "-1", "4294967297"})
    EXPECT_THAT(defects(weight(bad)), HasSubstr("between 1 and")) << bad;
  std::string second = weight("7");
  second.replace(second.find("version = 3"), 11, "version = 2");
  EXPECT_THAT(defects(second), HasSubstr("all weigh the same"));
}

TEST_F(FiscoTrust, TheRecordHasAMethodAndItsDigestAPlace) {
  const std::string method = "method = \"" + std::string(kPlainMethod) + "\"\n";
  EXPECT_THAT(defects(with(method, "")), HasSubstr("no method holds the record"));
  for (const char* bad : {"storeEvidence", "storeEvidence(string[])", "storeEvidence(uint)"}) {
    EXPECT_THAT(defects(with(method, "method = \"" + std::string(bad) + "\"\n")),
                HasSubstr("is no method that can be read"));
  }
  EXPECT_THAT(defects(with("digest = { \"sha-256\" = \"0\" }\n", "")),
              HasSubstr("no argument holds the digest"));
  EXPECT_EQ(defects(with("digest = { \"sha-256\" = \"0\" }\n", "argument = \"0\"\n")), "");
  for (const char* bad : {"2", "-1", "evidence", "0x0", " 0"}) {
    EXPECT_THAT(
        defects(with("{ \"sha-256\" = \"0\" }", "{ \"sha-256\" = \"" + std::string(bad) + "\" }")),
        HasSubstr("is no argument of"))
        << bad;
  }
  EXPECT_THAT(defects(with(std::string(kPlainMethod), "storeEvidence(bytes20,string)")),
              HasSubstr("cannot hold a sha-256 digest"));
  EXPECT_EQ(defects(with(std::string(kPlainMethod), "storeEvidence(bytes32,string)")), "");
  EXPECT_THAT(defects(with("id = \"1\"", "id = \"7\"")), HasSubstr("(id in [ledger.record])"));
  EXPECT_THAT(defects(with("quorum = \"q\"\n", "")), HasSubstr("no quorum is named"));
}

TEST_F(FiscoTrust, ContractsAreAddresses) {
  const std::string address(kContract);
  EXPECT_THAT(defects(with(address, address.substr(0, 40))), HasSubstr("is no address"));
  EXPECT_THAT(defects(with("[\"" + address + "\"]", "[]")), HasSubstr("no contract is named"));
}

TEST_F(FiscoTrust, SignersNeedAPlaceAndAnAccountOfTheirOwn) {
  const std::string one = hex(chain_.sealer(0).address);
  const auto list = [&](const std::string& more, const std::string& record = signed_record()) {
    return defects(chain_.trust(record, more));
  };
  EXPECT_EQ(list(signer(one)), "");
  EXPECT_THAT(list(signer(one), plain_record(Crypto::kEcdsa)),
              HasSubstr("no place for one signature"));
  EXPECT_THAT(list(signer("0x12")), HasSubstr("is no address"));
  EXPECT_THAT(list(signer(one) + signer(one, "notary")), HasSubstr("stands under 'court' too"));
  EXPECT_THAT(list(signer(one) + signer(one)), HasSubstr("twice for the same heights"));
  EXPECT_THAT(list(signer(one, "nobody")), HasSubstr("'nobody' is no institution"));
  EXPECT_THAT(list("record_quorum = \"three\"\n" + signer(one)), HasSubstr("no quorum"));
  EXPECT_THAT(list("record_quorum = \"two\"\n"), HasSubstr("signer]] is named"));
  EXPECT_THAT(list("add_signature = \"add(uint8)\"\n" + signer(one)),
              HasSubstr("no place for one signature"));
  EXPECT_THAT(list("add_signature = \"add(uint8\"\n" + signer(one)), HasSubstr("is no method"));
  const Chain sm(Crypto::kSm);
  EXPECT_THAT(defects(sm.trust(signed_record(), signer(one))), HasSubstr("on SM chains"));
}

TEST_F(FiscoTrust, AllDefectsAreNamedAtOnce) {
  std::string bad = with("version = 3\n", "version = 4\n");
  bad.replace(bad.find(kContract), kContract.size(), "0x12");
  const std::string all = defects(bad);
  EXPECT_THAT(all, HasSubstr("neither 2 nor 3"));
  EXPECT_THAT(all, HasSubstr("is no address"));
}

}  // namespace
}  // namespace heyan::ledgers::fisco_bcos::testing
