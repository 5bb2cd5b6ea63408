// `heyan proof fetch`: a proof of ChainMaker from a node, by gRPC over HTTPS.
#include <sys/stat.h>

#include "tests/functional/proof_fetch_fixture.h"
#include "tests/vectors/chainmaker_bundle.h"

namespace heyan::functional {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

namespace cm = vectors::chainmaker;

// Protobuf, as far as these tests write it.
std::string varint(std::size_t value) {
  std::string out;
  for (; value >= 0x80; value >>= 7) out += static_cast<char>((value & 0x7f) | 0x80);
  return out + static_cast<char>(value);
}
std::string field(char number, const std::string& content) {
  return static_cast<char>(number << 3 | 2) + varint(content.size()) + content;
}

class ProofFetchChainmaker : public ProofFetch {
 protected:
  ProofFetchChainmaker() {
    const crypto::SigningKey key = *crypto::SigningKey::generate(crypto::KeyAlgorithm::kSm2);
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto certificate =
        *key.self_signed("court clerk", now - std::chrono::hours(1), now + std::chrono::hours(1));
    write_file(folder_ / "member.cert.pem", crypto::write_pem(certificate.der(), "CERTIFICATE"));
    write_file(folder_ / "member.key.pem", key.to_pem());
    ::chmod((folder_ / "member.key.pem").c_str(), 0600);
    bundle_ = read_json(std::string(HEYAN_VECTORS) +
                        "/chains-cn/chainmaker/cm-v02-sm-5tx-idx4-3of4.json");
    block_ = read_file(std::string(HEYAN_VECTORS) +
                       "/chains-cn/chainmaker/cm-fullblock-sm-5tx.blockinfo.pb");
    transaction_ = id_of(*core::from_base64(cm::text_at(bundle_, "/proof/tx_pb")));
    answer(block_);
  }

  // The payload is a transaction's first field; of it, the id is the third.
  static std::string id_of(const core::Bytes& transaction) {
    const std::string text = core::to_string(transaction);
    constexpr std::size_t kIdBytes = 64;
    const std::size_t at = text.find("\x1a\x40");
    return text.substr(at + 2, kIdBytes);
  }

  // TxResponse {code 0, contract_result {code 0, result}}.
  void answer(const std::string& block_info) {
    write_file(folder_ / "response.pb", field(3, field(2, block_info)));
  }
  void start(const std::string& behaviour = "usual") {
    node_.reset();
    node_.emplace(folder_.path(), behaviour);
    name_node({}, table());
  }
  static std::string table(const std::string& chain = "sm4", const std::string& hash = "SM3") {
    return "[node.chainmaker]\nchain_id = \"" + chain + "\"\nhash = \"" + hash +
           "\"\nauth = \"cert\"\norg_id = \"court.example\"\n"
           "member_certificate = \"member.cert.pem\"\nmember_key = \"member.key.pem\"\n";
  }
  std::string trust_list() {
    const Value params;
    for (const auto& [name, bytes] : cm::TrustFiles(bundle_, params).write())
      write_file(folder_ / name, core::to_string(bytes));
    return folder_ / "trust.toml";
  }

  std::string block_;
};

TEST_F(ProofFetchChainmaker, IsFetchedAsTheVerifierReadsIt) {
  start();
  const Outcome fetched = fetch();
  ASSERT_EQ(fetched.status, 0) << fetched.err;
  EXPECT_THAT(fetched.err, AllOf(HasSubstr("transaction 4"), HasSubstr("not a verification yet")));
  EXPECT_THAT(asked(),
              ::testing::ElementsAre("POST /api.RpcNode/SendRequest application/grpc trailers"));
  // The very proof of the vector, which its makers cut out of the same block.
  const auto document = core::json::parse(core::as_bytes(fetched.out), {});
  ASSERT_TRUE(document.has_value());
  for (const char* member : {"/block_header_pb", "/tx_pb", "/rw_set_pb", "/merkle_path/0",
                             "/merkle_path/1", "/merkle_path/2"}) {
    EXPECT_EQ(cm::text_at(*document, member), cm::text_at(bundle_, "/proof" + std::string(member)));
  }
  EXPECT_EQ(*document->find("tx_index")->as_integer(), 4);

  const Outcome trusted = fetch({"--trust", trust_list()});
  EXPECT_EQ(trusted.status, 0) << trusted.err;
  EXPECT_THAT(trusted.err, AllOf(HasSubstr("the chain proof holds"), HasSubstr("notary")));
}

TEST_F(ProofFetchChainmaker, TheQuestionIsSignedByTheMember) {
  start();
  ASSERT_EQ(fetch().status, 0);
  const std::string question = read_file(folder_ / "question.pb");
  EXPECT_THAT(question, AllOf(HasSubstr("CHAIN_QUERY"), HasSubstr("GET_BLOCK_BY_TX_ID"),
                              HasSubstr(transaction_), HasSubstr("court.example"),
                              HasSubstr("-----BEGIN CERTIFICATE-----")));
  EXPECT_THAT(question, ::testing::Not(HasSubstr("PRIVATE")));
}

TEST_F(ProofFetchChainmaker, OtherAnswersThanWereAskedFor) {
  start();
  transaction_ = std::string(64, 'a');
  expect_refused(fetch(), 65, "does not hold the transaction");
  transaction_ = id_of(*core::from_base64(cm::text_at(bundle_, "/proof/tx_pb")));
  name_node({}, table("chain2"));
  expect_refused(fetch(), 65, "another chain");
  name_node({}, table("sm4", "SHA256"));
  expect_refused(fetch(), 65, "does not hold together");
  std::string changed = block_;
  changed[changed.size() - 1] ^= 1;  // a read-write set
  answer(changed);
  name_node({}, table());
  expect_refused(fetch(), 65, "cannot be used");
  answer(block_.substr(0, block_.size() - 1));
  expect_refused(fetch(), 65, "the block is none");
  answer("");
  expect_refused(fetch(), 65, "it has no such transaction");
  write_file(folder_ / "response.pb", "\x08\x04\x12\x06SECRET");
  expect_refused(fetch(), 65, "it says status 4");
  write_file(folder_ / "response.pb", field(3, "\x08\x01\x1a\x06SECRET"));
  expect_refused(fetch(), 65, "contract code 1");
  write_file(folder_ / "response.pb", "\x08");
  expect_refused(fetch(), 65, "no TxResponse");
}

TEST_F(ProofFetchChainmaker, TheMembersKeyIsGuarded) {
  start();
  ::chmod((folder_ / "member.key.pem").c_str(), 0644);
  expect_refused(fetch(), 74, "others can read or write it");
  ::chmod((folder_ / "member.key.pem").c_str(), 0600);
  std::filesystem::copy_file(folder_ / "client.cert.pem", folder_ / "member.cert.pem",
                             std::filesystem::copy_options::overwrite_existing);
  expect_refused(fetch(), 65, "cannot be used with member_key");
  write_file(folder_ / "member.key.pem", "nothing");
  expect_refused(fetch(), 65, "pkcs8");
  EXPECT_TRUE(asked().empty());
}

struct Misbehaviour {
  const char* name;
  int status;
  const char* words;
};
class MisbehavingGrpc : public ProofFetchChainmaker,
                        public ::testing::WithParamInterface<Misbehaviour> {};

TEST_P(MisbehavingGrpc, IsRefusedWithAReason) {
  start(GetParam().name);
  expect_refused(fetch(), GetParam().status, GetParam().words);
}

INSTANTIATE_TEST_SUITE_P(
    Nodes, MisbehavingGrpc,
    ::testing::Values(Misbehaviour{"flagged", 65, "does not speak the protocol that is needed"},
                      Misbehaviour{"trailing", 65, "does not speak the protocol that is needed"},
                      Misbehaviour{"short", 65, "does not speak the protocol that is needed"},
                      Misbehaviour{"empty", 65, "does not speak the protocol that is needed"},
                      Misbehaviour{"html", 65, "does not speak the protocol that is needed"},
                      Misbehaviour{"no_status", 65, "does not speak the protocol that is needed"},
                      Misbehaviour{"refused", 74, "gRPC status 16"},
                      Misbehaviour{"odd", 74, "gRPC status 2"},
                      Misbehaviour{"at_once", 74, "gRPC status 7"},
                      Misbehaviour{"status", 74, "HTTP status 502"},
                      Misbehaviour{"http1", 65, "does not speak the protocol that is needed"},
                      Misbehaviour{"plain", 74, "TLS"}),
    [](const auto& which) { return std::string(which.param.name); });

}  // namespace
}  // namespace heyan::functional
