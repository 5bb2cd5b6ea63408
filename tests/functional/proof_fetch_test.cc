// `heyan proof fetch`: a proof of FISCO BCOS from a node, by HTTPS.
#include <gmock/gmock.h>

#include "tests/functional/proof_fetch_fixture.h"

namespace heyan::functional {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class EachVector : public ProofFetch, public ::testing::WithParamInterface<const char*> {};

// 2.x and 3.x, Keccak and SM.
TEST_P(EachVector, IsFetchedAsTheVerifierReadsIt) {
  use(GetParam());
  start();
  const Outcome fetched = fetch();
  ASSERT_EQ(fetched.status, 0) << fetched.err;
  EXPECT_THAT(fetched.err, AllOf(HasSubstr("hold together"), HasSubstr("not a verification yet")));
  EXPECT_THAT(asked(), SizeIs(3));

  const Outcome trusted = fetch({"--trust", trust_list(), "--out", folder_ / "proof.json"});
  EXPECT_EQ(trusted.out, "");
  EXPECT_THAT(trusted.err, AllOf(HasSubstr("By trust list vectors"), HasSubstr("For case.json")));
  EXPECT_EQ(read_file(folder_ / "proof.json"), fetched.out);

  std::filesystem::create_directories(folder_ / "case/files");
  std::filesystem::create_directories(folder_ / "case/proofs");
  // And as a case takes it, without a declared format.
  write_file(
      folder_ / "case/files/exhibit.txt",
      core::to_string(*core::from_base64(*bundle_.at("/evidence/content_base64")->as_string())));
  write_file(folder_ / "case/proofs/proof.json", fetched.out);
  write_file(
      folder_ / "case/case.json",
      R"({"schema":"heyan.submission.v1","evidence":[{"id":"E1","file":{"path":"files/exhibit.txt"},)"
      R"("record":{"ledger":"chain"},"proofs":[{"path":"proofs/proof.json"}]}]})");
  const Outcome verified =
      heyan({"verify", folder_ / "case", "--trust", folder_ / "trust.toml", "--format", "json"});
  EXPECT_THAT(verified.out, AllOf(HasSubstr("\"format\":\"fisco-bcos\""),
                                  Not(HasSubstr("INCLUSION_PROOF_MALFORMED")),
                                  Not(HasSubstr("QUORUM_NOT_REACHED"))))
      << verified.err;
}

INSTANTIATE_TEST_SUITE_P(Vectors, EachVector,
                         ::testing::Values("fisco2sm-v01-1tx", "fisco2sm-v02-20tx-idx17-3of4",
                                           "fisco2ec-v03-300tx-idx255-5of7",
                                           "fisco2ec-v04-16tx-idx0", "fisco3sm-v01-1tx",
                                           "fisco3sm-v02-5tx-idx4", "fisco3ec-v03-100tx-idx63",
                                           "fisco3sm-v06-txv1", "fisco3ec-v05-v300-nonce-ascii"));

TEST_F(ProofFetch, AsksWhatTheNodesDocumentationSays) {
  start();
  ASSERT_EQ(fetch().status, 0);
  const std::string hash = "\"" + transaction_ + "\"";
  EXPECT_THAT(
      asked(),
      ::testing::ElementsAre(
          R"({"id":1,"jsonrpc":"2.0","method":"getTransaction","params":["group0","",)" + hash +
              ",true]}",
          R"({"id":2,"jsonrpc":"2.0","method":"getTransactionReceipt","params":["group0","",)" +
              hash + ",true]}",
          R"({"id":3,"jsonrpc":"2.0","method":"getBlockByNumber","params":["group0","",101,true,true]})"));
  std::filesystem::remove(folder_ / "asked");
  use("fisco2sm-v01-1tx");
  name_node();
  ASSERT_EQ(fetch().status, 0);
  EXPECT_THAT(asked(), ::testing::ElementsAre(
                           HasSubstr(R"("getTransactionByHashWithProof","params":[1,")" +
                                     transaction_ + "\"]"),
                           HasSubstr(R"("getTransactionReceiptByHashWithProof","params":[1,")" +
                                     transaction_ + "\"]"),
                           HasSubstr(R"("getBlockHeaderByNumber","params":[1,"0x)")));
}

TEST_F(ProofFetch, SaysWhatTheTrustListSays) {
  start();
  const Outcome good = fetch({"--trust", trust_list()});
  EXPECT_EQ(good.status, 0) << good.err;
  EXPECT_THAT(good.err, HasSubstr("the chain proof holds"));
  // Perfectly consistent with itself, and nobody's.
  use("fisco3sm-i11-self-made-chain");
  const Outcome alone = fetch();
  EXPECT_EQ(alone.status, 0) << alone.err;
  EXPECT_THAT(alone.err, HasSubstr("not a verification yet"));
  const Outcome bad = fetch({"--trust", trust_list()});
  EXPECT_EQ(bad.status, 11) << bad.err;
  EXPECT_THAT(bad.err, AllOf(HasSubstr("does not hold"), HasSubstr("SIGNER_NOT_TRUSTED")));
}

TEST_F(ProofFetch, SaysThatTheTransactionFailed) {
  use("fisco3sm-i19-failed-transaction");
  start();
  const Outcome fetched = fetch();
  EXPECT_EQ(fetched.status, 11) << fetched.err;
  EXPECT_THAT(fetched.err, HasSubstr("FAILED"));
  EXPECT_NE(fetched.out, "");
}

TEST_F(ProofFetch, LeavesStrangersTransactionsOut) {
  Value header = *bundle_.find("block_header");
  Value strangers(Value::Array{});
  strangers.push("0xstranger");
  header.set("transactions", std::move(strangers));
  answer({{"getTransaction", *bundle_.find("transaction")},
          {"getTransactionReceipt", *bundle_.find("receipt")},
          {"getBlockByNumber", std::move(header)}});
  start();
  const Outcome fetched = fetch();
  ASSERT_EQ(fetched.status, 0) << fetched.err;
  EXPECT_THAT(fetched.out, Not(HasSubstr("stranger")));
}

TEST_F(ProofFetch, NeverWritesOverAFile) {
  start();
  write_file(folder_ / "there.json", "mine");
  const Outcome refused = fetch({"--out", folder_ / "there.json"});
  expect_refused(refused, 2, "it was not touched");
  EXPECT_EQ(read_file(folder_ / "there.json"), "mine");
  EXPECT_THAT(asked(), SizeIs(0)) << "said before anybody was asked";
  std::filesystem::create_symlink(folder_ / "nowhere", folder_ / "link.json");
  expect_refused(fetch({"--out", folder_ / "link.json"}), 2, "it was not touched");
}

TEST_F(ProofFetch, MutualTlsShowsTheCertificateThatIsNamed) {
  std::filesystem::copy(folder_ / "ca.pem", folder_ / "client-ca.pem");
  start();
  expect_refused(fetch(), 74, "client certificate");
  name_node({{"certificate", "\"client.cert.pem\""}, {"key", "\"client.key.pem\""}});
  const Outcome fetched = fetch();
  EXPECT_EQ(fetched.status, 0) << fetched.err;
  std::filesystem::permissions(folder_ / "client.key.pem", std::filesystem::perms::others_read,
                               std::filesystem::perm_options::add);
  expect_refused(fetch(), 74, "ca, certificate or key of this server cannot be used");
  name_node({{"certificate", "\"client.cert.pem\""}, {"key", "\"server.key.pem\""}});
  expect_refused(fetch(), 74, "ca, certificate or key of this server cannot be used");
}

TEST_F(ProofFetch, TheCertificateMayHaveAnotherName) {
  for (const char* end : {".cert.pem", ".key.pem"}) {
    std::filesystem::copy_file(folder_ / ("named" + std::string(end)),
                               folder_ / ("server" + std::string(end)),
                               std::filesystem::copy_options::overwrite_existing);
  }
  start();
  expect_refused(fetch(), 74, "certificate is not believed");
  name_node({{"tls_name", "\"node1.test\""}});
  const Outcome fetched = fetch();
  EXPECT_EQ(fetched.status, 0) << fetched.err;
  name_node({{"tls_name", "\"node2.test\""}});
  expect_refused(fetch(), 74, "node2.test");
}

TEST_F(ProofFetch, BelievesTheNamedAuthorityAlone) {
  start();
  TestCertificates other;
  write_file(folder_ / "other.pem", other.files["ca.pem"]);
  name_node({{"ca", "\"other.pem\""}});
  expect_refused(fetch({}, {{"SSL_CERT_FILE", folder_ / "ca.pem"}}), 74,
                 "certificate is not believed");
  name_node({{"ca", "\"no-such.pem\""}});
  expect_refused(fetch(), 74, "cannot be used");
  write_file(folder_ / "empty.pem", "");
  name_node({{"ca", "\"empty.pem\""}});
  expect_refused(fetch(), 74, "cannot be used");
  write_file(folder_ / "empty.pem", "nothing");
  name_node({{"ca", "\"empty.pem\""}});
  expect_refused(fetch(), 74, "ca");
}

TEST_F(ProofFetch, ConnectsToNoAddressThatIsNotPermitted) {
  start();
  name_node({{"addresses", ""}});
  expect_refused(fetch(), 65, "which is no public address");
  name_node({{"addresses", "[\"127.0.0.2\", \"10.0.0.1\"]"}});
  expect_refused(fetch(), 65, "which is no public address");
  for (const char* host : {"127.0.0.1", "2130706433", "0x7f000001", "127.1", "0"}) {
    name_node({{"addresses", ""},
               {"url", "\"https://" + std::string(host) + ":" + node_->port() + "/\""}});
    expect_refused(fetch(), 65, "which is no public address");
  }
  name_node({{"addresses", ""}, {"url", "\"https://[::1]:" + node_->port() + "/\""}});
  expect_refused(fetch(), 65, "which is no public address");
  name_node({{"addresses", ""}, {"url", "\"https://[::ffff:127.0.0.1]:" + node_->port() + "/\""}});
  expect_refused(fetch(), 65, "which is no public address");
  name_node({{"addresses", ""}, {"url", "\"https://169.254.169.254/\""}});
  expect_refused(fetch(), 65, "169.254.169.254");
  EXPECT_THAT(asked(), SizeIs(0));
}

TEST_F(ProofFetch, NothingIsTakenFromTheEnvironment) {
  start();
  std::map<std::string, std::string> environment;
  for (const char* name : {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "http_proxy"})
    environment[name] = "http://127.0.0.1:1";
  environment["SSLKEYLOGFILE"] = folder_ / "keys.log";
  environment["OPENSSL_CONF"] = folder_ / "no-such.cnf";
  environment["CURL_CA_BUNDLE"] = folder_ / "no-such.pem";
  const Outcome fetched = fetch({}, environment);
  EXPECT_EQ(fetched.status, 0) << fetched.err;
  EXPECT_FALSE(std::filesystem::exists(folder_ / "keys.log"));
}

TEST_F(ProofFetch, NobodyAnswers) {
  start();
  node_.reset();
  node_.emplace(folder_.path(), "usual");  // a port that is free again, most likely
  const std::string free = node_->port();
  name_node();
  node_.reset();
  expect_refused(fetch(), 74, "no connection");
}

struct Misbehaviour {
  const char* name;
  int status;
  const char* words;
};
class Misbehaving : public ProofFetch, public ::testing::WithParamInterface<Misbehaviour> {};

TEST_P(Misbehaving, IsRefusedWithAReason) {
  start(GetParam().name);
  const Outcome refused = fetch({"--out", folder_ / "proof.json"});
  expect_refused(refused, GetParam().status, GetParam().words);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "proof.json"));
  EXPECT_THAT(asked(), SizeIs(std::string(GetParam().name) == "plain" ? 0 : 1)) << "asked once";
}

INSTANTIATE_TEST_SUITE_P(
    Nodes, Misbehaving,
    ::testing::Values(Misbehaviour{"redirect", 65, "points to another place"},
                      Misbehaviour{"permanent", 65, "points to another place"},
                      Misbehaviour{"status", 74, "HTTP status 503"},
                      Misbehaviour{"silent", 74, "no complete answer within 2 s"},
                      Misbehaviour{"slow", 74, "no complete answer within 2 s"},
                      Misbehaviour{"large", 65, "longer than an answer may be"},
                      Misbehaviour{"announced", 65, "longer than an answer may be"},
                      Misbehaviour{"headers", 65, "longer than an answer may be"},
                      Misbehaviour{"lost", 74, "lost before the answer was complete"},
                      Misbehaviour{"empty", 65, "no strict JSON"},
                      Misbehaviour{"broken", 65, "no strict JSON"},
                      Misbehaviour{"twice", 65, "no strict JSON"},
                      Misbehaviour{"trailing", 65, "no strict JSON"},
                      Misbehaviour{"deep", 65, "no strict JSON"},
                      Misbehaviour{"fraction", 65, "a number that none has"},
                      Misbehaviour{"huge", 65, "a number that none has"},
                      Misbehaviour{"null", 65, "it has no such transaction"},
                      Misbehaviour{"other", 65, "answers something else"},
                      Misbehaviour{"error", 65, "it says error -32601"},
                      Misbehaviour{"compressed", 65, "no strict JSON"},
                      Misbehaviour{"plain", 74, "client certificate"}),
    [](const auto& which) { return std::string(which.param.name); });

TEST_F(ProofFetch, OtherAnswersThanWereAskedFor) {
  const std::string wanted = transaction_;
  use("fisco3sm-v01-1tx");
  transaction_ = wanted;
  start();
  expect_refused(fetch(), 65, "another transaction");
  use("fisco3sm-v02-5tx-idx4");
  name_node({}, fisco_table("group1"));
  expect_refused(fetch(), 65, "another chain or group");
  name_node({}, fisco_table() + "chain_id = \"chain9\"\n");
  expect_refused(fetch(), 65, "another chain or group");
  name_node({}, "[node.fisco-bcos]\nversion = 3\ncrypto = \"ecdsa\"\ngroup = \"group0\"\n");
  expect_refused(fetch(), 65, "cannot be used");
  name_node({}, "[node.fisco-bcos]\nversion = 2\ncrypto = \"sm\"\ngroup = \"1\"\n");
  expect_refused(fetch(), 65, "it has no such transaction");
}

TEST_F(ProofFetch, AHeaderWithoutSignatures) {
  Value header;
  for (const auto& [name, value] : *bundle_.at("/block_header")->as_object()) {
    if (name != "signatureList") header.set(name, value);
  }
  const auto answers = [this](Value of_header) {
    answer({{"getTransaction", *bundle_.find("transaction")},
            {"getTransactionReceipt", *bundle_.find("receipt")},
            {"getBlockByNumber", std::move(of_header)}});
  };
  answers(header);
  start();
  expect_refused(fetch(), 65, "without its list of signatures");
  header.set("signatureList", Value(Value::Array{}));
  answers(std::move(header));
  expect_refused(fetch(), 65, "fewer signatures");
}

class EachAttack : public ProofFetch, public ::testing::WithParamInterface<const char*> {};

TEST_P(EachAttack, IsNotWritten) {
  use(GetParam());
  start();
  expect_refused(fetch(), 65, "the node's answers cannot be used");
}

INSTANTIATE_TEST_SUITE_P(
    Vectors, EachAttack,
    ::testing::Values("fisco2sm-i01-input-tampered", "fisco2sm-i03-wrong-sibling",
                      "fisco2sm-i06-header-timestamp", "fisco2sm-i08-quorum-2of4",
                      "fisco2sm-i10-same-signer-twice", "fisco2sm-i20-receipt-of-other-tx",
                      "fisco2ec-i19-recovery-id-flipped", "fisco3sm-i03-wrong-sibling",
                      "fisco3sm-i05-grafted-proof", "fisco3sm-i09-weights-too-low",
                      "fisco3sm-i14-receipt-output", "fisco3sm-i18-receipt-of-other-tx"));

TEST_F(ProofFetch, WhatIsTypedWrongly) {
  start();
  const auto with = [](std::vector<std::string> words) {
    words.insert(words.begin(), {HEYAN_BINARY, "proof", "fetch", "--lang", "en"});
    return run({.arguments = std::move(words), .environment = {}, .folder = {}, .input = {}});
  };
  const std::string nodes = folder_ / "nodes.toml";
  EXPECT_EQ(with({}).status, 2);
  EXPECT_EQ(with({"--nodes", nodes, "--ledger", "chain"}).status, 2);
  expect_refused(with({"--nodes", nodes, "--ledger", "chain", "--tx", "0x12"}), 2,
                 "--tx is no hash");
  expect_refused(with({"--nodes", nodes, "--ledger", "other", "--tx", transaction_}), 2,
                 "Nodes are named for: chain");
  expect_refused(with({"--nodes", folder_ / "none", "--ledger", "chain", "--tx", transaction_}), 65,
                 "docs/fetching-proofs.md");
  expect_refused(with({"--nodes", nodes, "--ledger", "chain", "--tx", transaction_, "--trust",
                       std::string(HEYAN_SOURCE) + "/gateway/sample/trust/trust.toml"}),
                 65, "no ledger chain of format fisco-bcos");
  name_node({{"url", "\"http://localhost:" + node_->port() + "/\""}});
  expect_refused(fetch(), 65, "is no address to connect to");
  EXPECT_THAT(asked(), SizeIs(0));
  EXPECT_THAT(with({"--help"}).out, HasSubstr("heyan proof fetch --nodes nodes.toml"));
}

}  // namespace
}  // namespace heyan::functional
