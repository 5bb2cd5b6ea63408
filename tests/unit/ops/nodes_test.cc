#include "gateway/ops/nodes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heyan::ops {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::string_view kFisco =
    "[[node]]\nledger = \"arbitration-fisco\"\nurl = \"https://node1.example:8545/rpc\"\n"
    "ca = \"tls/ca.pem\"\n[node.fisco-bcos]\nversion = 2\ncrypto = \"sm\"\ngroup = \"1\"\n";
constexpr std::string_view kChainmaker =
    "[[node]]\nledger = \"chain\"\nurl = \"https://[2001:db8::7]:12301\"\nca = \"/ca.pem\"\n"
    "certificate = \"me.pem\"\nkey = \"me.key\"\ntls_name = \"chainmaker.org\"\n"
    "addresses = [\"10.0.0.7\", \"2001:DB8:0::7\"]\nseconds = 5\n"
    "[node.chainmaker]\nchain_id = \"chain1\"\nhash = \"SM3\"\nauth = \"cert\"\n"
    "org_id = \"court.example\"\nmember_certificate = \"m.pem\"\nmember_key = \"m.key\"\n";

std::string defects(const std::string& text) {
  const auto nodes = parse_nodes("nodes.toml", text, "/etc/heyan");
  std::string all;
  if (!nodes) {
    for (const trust::ConfigError& error : nodes.error()) all += trust::to_string(error) + "\n";
  }
  return all;
}
std::string with(std::string_view text, std::string_view from, std::string_view to) {
  std::string changed(text);
  const std::size_t at = changed.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return changed.replace(at, from.size(), to);
}

TEST(Nodes, AreReadAsTheyStand) {
  const auto nodes =
      parse_nodes("nodes.toml", std::string(kFisco) + std::string(kChainmaker), "/etc/heyan");
  ASSERT_TRUE(nodes.has_value());
  const Node* fisco = nodes->find("arbitration-fisco");
  ASSERT_NE(fisco, nullptr);
  EXPECT_EQ(url_of(*fisco), "https://node1.example:8545/rpc");
  EXPECT_EQ(fisco->ca, "/etc/heyan/tls/ca.pem");
  EXPECT_EQ(fisco->seconds, 30u);
  EXPECT_FALSE(fisco->is_grpc());
  const auto& of_fisco = std::get<FiscoNode>(fisco->chain);
  EXPECT_EQ(of_fisco.version, 2);
  EXPECT_TRUE(of_fisco.is_sm);
  EXPECT_EQ(of_fisco.group, "1");

  const Node* chainmaker = nodes->find("chain");
  ASSERT_NE(chainmaker, nullptr);
  EXPECT_TRUE(chainmaker->is_grpc());
  EXPECT_EQ(url_of(*chainmaker), "https://[2001:db8::7]:12301/");
  EXPECT_THAT(chainmaker->addresses, ElementsAre("10.0.0.7", "2001:db8::7"));
  EXPECT_EQ(chainmaker->tls_name, "chainmaker.org");
  EXPECT_EQ(chainmaker->ca, "/ca.pem");
  EXPECT_EQ(std::get<ChainmakerNode>(chainmaker->chain).member_key, "/etc/heyan/m.key");
  EXPECT_EQ(nodes->find("other"), nullptr);
}

constexpr std::string_view kTsa =
    "[tsa]\nurl = \"http://tsa.example/stamp\"\nauthorities = [\"root.pem\"]\n"
    "policy = \"1.2.3.4\"\n";

TEST(Authority, IsReadAsItStands) {
  const auto nodes = parse_nodes("nodes.toml", kTsa, "/etc/heyan");
  ASSERT_TRUE(nodes.has_value()) << defects(std::string(kTsa));
  ASSERT_TRUE(nodes->tsa.has_value());
  EXPECT_EQ(url_of(*nodes->tsa), "http://tsa.example:80/stamp");
  EXPECT_TRUE(nodes->tsa->plain);
  EXPECT_THAT(nodes->tsa->authorities, ElementsAre("/etc/heyan/root.pem"));
  EXPECT_EQ(nodes->tsa->policy, "1.2.3.4");
  const auto secure = parse_nodes(
      "nodes.toml", with(with(kTsa, "http:", "https:"), "policy", "ca = \"ca.pem\"\npolicy"), "/");
  ASSERT_TRUE(secure.has_value());
  EXPECT_FALSE(secure->tsa->plain);
  EXPECT_EQ(secure->tsa->port, 443);
}

TEST(Authority, DefectsAreNamed) {
  EXPECT_THAT(defects(with(kTsa, "http:", "https:")), HasSubstr("tsa.ca"));
  EXPECT_THAT(defects(with(kTsa, "http:", "ftp:")), HasSubstr("no address to connect to"));
  EXPECT_THAT(defects(with(kTsa, "[\"root.pem\"]", "[]")), HasSubstr("names no certificate"));
  for (const char* key : {"ca", "tls_name", "certificate", "key"}) {
    EXPECT_THAT(defects(std::string(kTsa) + key + " = \"x\"\n"), HasSubstr("is of https")) << key;
  }
  for (const char* policy : {"", "1", "1.", ".1", "3.1", "1..2", "1.a", "1,2"}) {
    EXPECT_THAT(defects(with(kTsa, "1.2.3.4", policy)), HasSubstr("is no object identifier"))
        << policy;
  }
  EXPECT_THAT(defects(std::string(kTsa) + "proxy = \"x\"\n"), HasSubstr("proxy"));
}

TEST(Nodes, AddressesThatAreNone) {
  for (const char* url : {"http://node1.example/",
                          "HTTPS://node1.example/",
                          "https://",
                          "https:///",
                          "node1.example",
                          "https://user@node1.example/",
                          "https://user:secret@node1.example/",
                          "https://a b/",
                          "https://node1.example:0/",
                          "https://node1.example:65536/",
                          "https://node1.example:08/",
                          "https://node1.example:/",
                          "https://node1.example:8545/?key=1",
                          "https://node1.example/#x",
                          "https://node1.example/../x",
                          "https://node1.example/%2e",
                          "https://Node1.example/",
                          "https://node1..example/",
                          "https://.example/",
                          "https://-x/",
                          "https://[::1/",
                          "https://[x]/",
                          "https://[127.0.0.1]/",
                          "https://::1/",
                          "https://node1.example\\\\@other/",
                          "file:///etc/passwd",
                          "https://node1.example:8545:1/",
                          "ftp://node1.example/",
                          "https://nöde.example/"}) {
    EXPECT_THAT(defects(with(kFisco, "https://node1.example:8545/rpc", url)),
                HasSubstr("nodes.toml:3: node[0].url: is no address to connect to"))
        << url;
  }
  EXPECT_EQ(defects(with(kFisco, "https://node1.example:8545/rpc", "https://node1.example")), "");
}

TEST(Nodes, DefectsAreNamed) {
  EXPECT_THAT(defects(""), HasSubstr("Add a table [[node]]"));
  EXPECT_THAT(defects(with(kFisco, "url", "uri")), HasSubstr("url"));
  EXPECT_THAT(defects(std::string(kFisco) + std::string(kFisco)), HasSubstr("has a node already"));
  EXPECT_THAT(defects(with(kFisco, "version = 2", "version = 4")), HasSubstr("must be 2 or 3"));
  EXPECT_THAT(defects(with(kFisco, "\"sm\"", "\"gm\"")), HasSubstr("crypto"));
  EXPECT_THAT(defects(with(kFisco, "crypto = \"sm\"\n", "")), HasSubstr("crypto: is missing"));
  EXPECT_THAT(defects(with(kFisco, "group = \"1\"", "group = \"group0\"")),
              HasSubstr("Groups of 2.x are numbers"));
  EXPECT_THAT(defects(with(kFisco, "group = \"1\"", "group = \"1\"\nproxy = \"x\"")),
              HasSubstr("proxy"));
  EXPECT_THAT(defects(with(kFisco, "ca = \"tls/ca.pem\"\n", "")), HasSubstr("ca"));
  EXPECT_THAT(
      defects(with(kFisco, "[node.fisco-bcos]\nversion = 2\ncrypto = \"sm\"\ngroup = \"1\"", "")),
      HasSubstr("of which kind"));
  EXPECT_THAT(defects(std::string(kFisco) + "[node.chainmaker]\nchain_id = \"c\"\n"),
              HasSubstr("of two kinds"));
  EXPECT_THAT(defects(with(kChainmaker, "key = \"me.key\"\n", "")), HasSubstr("belong together"));
  EXPECT_THAT(defects(with(kChainmaker, "10.0.0.7", "10.0.0.0/8")),
              HasSubstr("no numeric address"));
  EXPECT_THAT(defects(with(kChainmaker, "10.0.0.7", "localhost")), HasSubstr("no numeric address"));
  EXPECT_THAT(defects(with(kChainmaker, "seconds = 5", "seconds = 0")), HasSubstr("from 1 to 300"));
  EXPECT_THAT(defects(with(kChainmaker, "12301", "12301/api")), HasSubstr("leave it out"));
  EXPECT_THAT(defects(with(kChainmaker, "chainmaker.org", "a b")), HasSubstr("tls_name"));
  EXPECT_THAT(defects(with(kChainmaker, "org_id = \"court.example\"\n", "")), HasSubstr("org_id"));
  EXPECT_THAT(defects(with(kChainmaker, "\"cert\"", "\"public-key\"")),
              HasSubstr("has no place here"));
  EXPECT_THAT(defects(with(kChainmaker, "\"SM3\"", "\"MD5\"")), HasSubstr("hash"));
}

}  // namespace
}  // namespace heyan::ops
