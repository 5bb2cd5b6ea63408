#include "gateway/ops/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/ops/sample_text.h"
#include "tests/unit/os/temporary_folder.h"

namespace heyan::ops {
namespace {

TEST(Config, TheSampleIsReadAsItStands) {
  const auto config = parse_config("heyan.toml", sample_config(), "/etc/heyan");
  ASSERT_TRUE(config.has_value()) << defect_of(sample_config());
  EXPECT_FALSE(config->production);
  EXPECT_EQ(config->state, "/var/lib/heyan");
  EXPECT_EQ(config->listen.people, (Address{"127.0.0.1", 8443}));
  EXPECT_EQ(config->tls.certificate, "/etc/heyan/tls/cert.pem");
  EXPECT_FALSE(config->tls.tls12);
  ASSERT_EQ(config->court_systems.size(), 1u);
  EXPECT_EQ(config->court_systems[0].court_code, "0491");
  EXPECT_EQ(config->trust.keys.size(), 3u);
  EXPECT_EQ(config->trust.at_least, 2u);
  EXPECT_EQ(config->log_name, "court.example/report-log");
}

TEST(Config, TheEffectiveConfigurationReadsAsTheSame) {
  for (const std::string& text :
       {std::string(sample_config()), sample_with("127.0.0.1:8443", "[::1]:443"),
        sample_with("\"1.3\"", "\"1.2\""), sample_with("\"any\"", "\"listed\""),
        sample_with("court_name = \"", "court_name = \"\\\"\\\\"), sample_with("policy = ", "#")}) {
    const auto config = parse_config("heyan.toml", text, "/etc/heyan");
    ASSERT_TRUE(config.has_value()) << defect_of(text);
    const std::string effective = to_toml(*config);
    const auto again = parse_config("heyan.toml", effective, "/elsewhere");
    ASSERT_TRUE(again.has_value()) << defect_of(effective);
    EXPECT_EQ(to_toml(*again), effective);
  }
}

TEST(Config, KindsOfFilesAreRefusedWhereItSaysSo) {
  const auto listed = [](const std::string& text) {
    return parse_config("heyan.toml", text, "/")->uploads.people_listed;
  };
  EXPECT_FALSE(listed(std::string(sample_config())));
  EXPECT_FALSE(listed(sample_with("people = \"any\"", "")));
  const std::string text = sample_with("\"any\"", "\"listed\"");
  EXPECT_TRUE(listed(text));
  EXPECT_TRUE(listed(to_toml(*parse_config("heyan.toml", text, "/"))));
}

constexpr std::string_view kWebhook = R"(
[[webhook]]
account = "court-system-1"
url = "https://court.example:8443/events"
ca = "court-ca.pem"
tls_name = "events.court.example"
certificate = "client.pem"
key = "client.key"
addresses = ["10.20.0.7"]
seconds = 7
secrets = ["new.secret", "old.secret"]
signing_key = "webhook.key"
key_id = "heyan-1"
)";

std::string webhook_defect(std::string_view old, std::string_view with) {
  std::string webhook(kWebhook);
  webhook.replace(webhook.find(old), old.size(), with);
  return defect_of(std::string(sample_config()) + webhook);
}

TEST(Config, AWebhookIsWhereAnAccountIsTold) {
  const std::string text = std::string(sample_config()) + std::string(kWebhook);
  const auto config = parse_config("heyan.toml", text, "/etc/heyan");
  ASSERT_TRUE(config.has_value()) << defect_of(text);
  ASSERT_EQ(config->webhooks.size(), 1u);
  const Webhook& webhook = config->webhooks.front();
  EXPECT_EQ(webhook.account, "court-system-1");
  EXPECT_EQ(url_of(webhook), "https://court.example:8443/events");
  EXPECT_EQ(webhook.ca, "/etc/heyan/court-ca.pem");
  EXPECT_EQ(webhook.addresses, std::vector<std::string>{"10.20.0.7"});
  EXPECT_EQ(webhook.seconds, 7u);
  EXPECT_EQ(webhook.secrets,
            (std::vector<std::filesystem::path>{"/etc/heyan/new.secret", "/etc/heyan/old.secret"}));
  EXPECT_EQ(webhook.signing_key, "/etc/heyan/webhook.key");
  EXPECT_EQ(webhook.key_id, "heyan-1");
  EXPECT_EQ(webhook.language, "zh");
  const auto again = parse_config("heyan.toml", to_toml(*config), "/elsewhere");
  ASSERT_TRUE(again.has_value()) << defect_of(to_toml(*config));
  EXPECT_EQ(to_toml(*again), to_toml(*config));
  EXPECT_EQ(again->webhooks.front().secrets, webhook.secrets);
}

TEST(Config, WebhooksAreCheckedToo) {
  using testing::HasSubstr;
  EXPECT_THAT(webhook_defect("court-system-1", "nobody"), HasSubstr("is of no [[court_system]]"));
  EXPECT_THAT(webhook_defect("https://", "http://"), HasSubstr("no address to connect to"));
  EXPECT_THAT(webhook_defect("/events", "/events?token=1"), HasSubstr("no address to connect to"));
  EXPECT_THAT(webhook_defect("key_id = \"heyan-1\"", ""), HasSubstr("belong together"));
  EXPECT_THAT(webhook_defect("heyan-1", "a b"), HasSubstr("holds a space"));
  EXPECT_THAT(webhook_defect("key = \"client.key\"", ""), HasSubstr("belong together"));
  EXPECT_THAT(webhook_defect("seconds = 7", "answers = true\nlanguage = \"de\""),
              HasSubstr("neither \"zh\" nor \"en\""));
  EXPECT_THAT(webhook_defect("seconds = 7", "language = \"en\""), HasSubstr("is of answers"));
  EXPECT_THAT(webhook_defect("\"old.secret\"", "\"b\", \"c\""), HasSubstr("more than two"));
  EXPECT_THAT(webhook_defect("10.20.0.7", "court.example"), HasSubstr("no numeric address"));
  EXPECT_THAT(webhook_defect("seconds = 7", "seconds = 0"), HasSubstr("from 1 to 300"));
  EXPECT_THAT(webhook_defect("ca = \"court-ca.pem\"", ""), HasSubstr("webhook[0].ca"));
  EXPECT_THAT(webhook_defect("secrets =", "secret ="), HasSubstr("secret"));
  const std::string none = webhook_defect(
      "secrets = [\"new.secret\", \"old.secret\"]\nsigning_key = \"webhook.key\"\nkey_id = "
      "\"heyan-1\"",
      "");
  EXPECT_THAT(none, HasSubstr("at least one of them"));
  const std::string twice =
      std::string(sample_config()) + std::string(kWebhook) + std::string(kWebhook);
  EXPECT_THAT(defect_of(twice), HasSubstr("has a webhook already"));
}

TEST(Config, OwnAnswersHaveALanguage) {
  std::string webhook(kWebhook);
  webhook += "answers = true\nlanguage = \"en\"\n";
  const auto config =
      parse_config("heyan.toml", std::string(sample_config()) + webhook, "/etc/heyan");
  ASSERT_TRUE(config.has_value());
  EXPECT_EQ(config->webhooks.front().language, "en");
  const auto again = parse_config("heyan.toml", to_toml(*config), "/elsewhere");
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->webhooks.front().language, "en");
}

constexpr std::string_view kWitness = R"(
[[witness]]
vkey = "notary.example/w+00000000+AA=="
url = "http://127.0.0.1:8460/"
addresses = ["127.0.0.1"]
seconds = 5
)";

TEST(Config, WitnessesCosignTheLog) {
  const std::string text = std::string(sample_config()) + std::string(kWitness);
  const auto config = parse_config("heyan.toml", text, "/etc/heyan");
  ASSERT_TRUE(config.has_value()) << defect_of(text);
  ASSERT_EQ(config->witnesses.size(), 1u);
  EXPECT_EQ(config->witnesses.front().name(), "notary.example/w");
  EXPECT_EQ(url_of(config->witnesses.front()), "http://127.0.0.1:8460/");
  const auto again = parse_config("heyan.toml", to_toml(*config), "/elsewhere");
  ASSERT_TRUE(again.has_value()) << defect_of(to_toml(*config));
  EXPECT_EQ(to_toml(*again), to_toml(*config));
  EXPECT_EQ(again->witnesses.front().vkey, config->witnesses.front().vkey);
}

TEST(Config, WitnessesAreCheckedToo) {
  using testing::HasSubstr;
  const std::string text = std::string(sample_config()) + std::string(kWitness);
  const auto with = [&](std::string_view old, std::string_view now) {
    std::string changed = text;
    changed.replace(changed.rfind(old), old.size(), now);
    return defect_of(changed);
  };
  EXPECT_THAT(with("notary.example/w+00000000+AA==", "notary"), HasSubstr("no key of a witness"));
  EXPECT_THAT(with("vkey = \"notary.example/w+00000000+AA==\"", ""), HasSubstr("vkey"));
  EXPECT_THAT(with("http://127.0.0.1:8460/", "ftp://x/"), HasSubstr("no address to connect to"));
  EXPECT_THAT(with("http:", "https:"), HasSubstr("ca"));
  EXPECT_THAT(with("seconds = 5", "second = 5"), HasSubstr("second"));
  EXPECT_THAT(defect_of(text + std::string(kWitness)), HasSubstr("stands here already"));
}

// The same account at two courts: an event must not reach the other.
TEST(Config, AWebhookIsOfOneCourt) {
  const std::string text = sample_with(
      "[trust] ",
      "[[court_system]]\nspki_sha256 = "
      "\"1111111111111111111111111111111111111111111111111111111111111"
      "111\"\ncourt_code = \"0192\"\ncourt_name = \"B\"\naccount = \"court-system-1\"\n\n[trust] ");
  EXPECT_THAT(defect_of(text + std::string(kWebhook)), testing::HasSubstr("is of several courts"));
}

TEST(Config, WhatIsLeftOutHasADefault) {
  std::string text(sample_config());
  text.resize(text.find("[limits]"));
  text.erase(text.find("[listen]"), text.find("[tls]") - text.find("[listen]"));
  const auto config = parse_config("heyan.toml", text, "/etc/heyan");
  ASSERT_TRUE(config.has_value()) << defect_of(text);
  EXPECT_EQ(to_string(config->listen.court), "127.0.0.1:8444");
  EXPECT_EQ(config->limits.judges, 0u);
  EXPECT_EQ(config->limits.connections_per_client, 64u);
}

TEST(Config, AClientHasAsManyConnectionsAsItSays) {
  const std::string text =
      sample_with("connections_per_client = 64", "connections_per_client = 500");
  const auto config = parse_config("heyan.toml", text, "/");
  ASSERT_TRUE(config.has_value()) << defect_of(text);
  EXPECT_EQ(config->limits.connections_per_client, 500u);
  EXPECT_THAT(to_toml(*config), testing::HasSubstr("\nconnections_per_client = 500\n"));
}

TEST(Config, ListenersMayShareAnAddressOrAPort) {
  for (const auto& [old, with] : std::vector<std::pair<std::string_view, std::string_view>>{
           {"127.0.0.1:8445", "10.1.2.3:8443"},
           {"127.0.0.1:8445", "[::1]:8443"},
           {"127.0.0.1:9443", "[0:0:0:0:0:0:0:1]:9443"},
           {"127.0.0.1:9443", "127.0.0.2:8443"}}) {
    EXPECT_EQ(defect_of(sample_with(old, with)), "accepted") << with;
  }
  // Nobody listens for court systems that there are not.
  std::string text = sample_with("127.0.0.1:8444", "127.0.0.1:8443");
  text.replace(text.find("client_ca = "), 0, "# ");
  EXPECT_THAT(defect_of(text), ::testing::Not(::testing::HasSubstr("listen.court")));
}

TEST(Config, BalancersAreWrittenOneWay) {
  const auto config = parse_config(
      "heyan.toml",
      sample_with("balancers = []",
                  "balancers = [\"10.1.2.3\", \"::ffff:10.1.2.4\", \"2001:DB8:0::1\"]"),
      "/etc/heyan");
  ASSERT_TRUE(config.has_value());
  EXPECT_EQ(config->listen.balancers,
            (std::vector<std::string>{"10.1.2.3", "10.1.2.4", "2001:db8::1"}));
}

TEST(Config, AnUnknownKeyNamesItsLineAndTheNearest) {
  const std::string text = defect_of(sample_with("certificate = ", "certificat = "));
  EXPECT_THAT(text, ::testing::HasSubstr("heyan.toml:18:"));
  EXPECT_THAT(text, ::testing::HasSubstr("The nearest key is 'certificate'"));
}

TEST(Config, WhatCannotBeIsRefused) {
  const struct {
    std::string_view old, with, says;
  } cases[] = {
      {"production = false", "production = \"no\"", "production"},
      {"production = false", "sample = true", "sample"},
      {"folder = ", "#", "state.folder: is missing"},
      {"\"/var/lib/heyan\"", "\"\"", "state.folder: is empty"},
      {"[state]", "[states]", "state: is missing"},
      {"127.0.0.1:8443", "127.0.0.1", "listen.public"},
      {"127.0.0.1:8443", "localhost:8443", "listen.public"},
      {"127.0.0.1:8443", "127.0.0.1:", "listen.public"},
      {"127.0.0.1:8443", "127.0.0.1:08443", "listen.public"},
      {"127.0.0.1:8443", "127.0.0.1:65536", "listen.public"},
      {"127.0.0.1:8443", "127.0.0.1:-1", "listen.public"},
      {"127.0.0.1:8443", "::1:8443", "listen.public"},
      {"127.0.0.1:8443", "[127.0.0.1]:8443", "listen.public"},
      {"127.0.0.1:8443", "127.0.0.1:8443 ", "listen.public"},
      {"127.0.0.1:9443", "0.0.0.0:9443", "heyan.toml:15: listen.metrics: is plain HTTP"},
      {"127.0.0.1:9443", "10.1.2.3:9443", "listen.metrics: is plain HTTP"},
      {"127.0.0.1:9443", "[::ffff:127.0.0.1]:9443", "listen.metrics: is plain HTTP"},
      {"127.0.0.1:9443", "127.0.0.1:8443", "listen.metrics: is at the address of listen.public"},
      {"127.0.0.1:8444", "127.0.0.1:8443", "listen.court: is at the address of listen.public"},
      {"127.0.0.1:8445", "0.0.0.0:8443", "listen.preview: is at the address of listen.public"},
      {"127.0.0.1:8445", "[::]:8443", "listen.preview: is at the address of listen.public"},
      {"127.0.0.1:8443", "[::]:8444", "listen.court: is at the address of listen.public, [::]:84"},
      {"balancers = []", "balancers = [\"balancer.example\"]", "listen.balancers"},
      {"balancers = []", "balancers = [\"10.1.2.3\", \"10.1.2.0/24\"]", "listen.balancers"},
      {"balancers = []", "balancers = [\"10.1.2.3:80\"]", "listen.balancers"},
      {"balancers = []", "balancers = [\"010.1.2.3\"]", "listen.balancers"},
      {"balancers = []", "balancers = \"10.1.2.3\"", "listen.balancers"},
      {"\"1.3\"", "\"1.1\"", "tls.min_version"},
      {"client_ca = ", "#", "Name client_ca in [tls]"},
      {"key = \"tls/key.pem\"", "", "tls.key: is missing"},
      {"\"0000", "\"00", "court_system[0].spki_sha256"},
      {"\"0000", "\"zz00", "court_system[0].spki_sha256"},
      {"account = \"court-system-1\"", "", "court_system[0].account: is missing"},
      {"[[court_system]]", "[court_system]", "court_system"},
      {"bundle = \"trust/bundle.jws\"", "", "trust.bundle: is missing"},
      {"at_least = 2", "at_least = 4", "trust.at_least"},
      {"at_least = 2", "at_least = 0", "trust.at_least"},
      {"at_least = 2", "at_least = -1", "trust.at_least"},
      {"at_least = 2", "", "trust.at_least: is missing"},
      {"keys = [\"trust/court-1.pub.pem\", \"trust/court-2.pub.pem\", \"trust/court-3.pub.pem\"]",
       "keys = []", "trust.keys"},
      {"\"court.example/report-log\"", "\"court log\"", "log.name"},
      {"\"court.example/report-log\"", "\"a+b\"", "log.name"},
      {"# follows = \"last-checkpoint\"", "follows = \"\"", "log.follows"},
      {"judges = 0", "judges = 257", "limits.judges"},
      {"judges = 0", "judges = -1", "limits.judges"},
      {"file_bytes = 4294967296", "file_bytes = 0", "limits.file_bytes"},
      {"file_bytes = 4294967296", "file_bytes = 68719476737", "from 1024 to 68719476736"},
      {"submission_bytes = 8589934592", "submission_bytes = 68719476737",
       "limits.submission_bytes"},
      {"connections_per_client = 64", "connections_per_client = 0",
       "limits.connections_per_client: must be from 1 to 1024"},
      {"connections_per_client = 64", "connections_per_client = 1025",
       "limits.connections_per_client"},
      {"file_bytes = 4294967296", "file_bytes = 1.5", "limits.file_bytes"},
      {"idle_seconds = 1800", "idle_seconds = 9", "people.idle_seconds"},
      {"keep_days = 366", "keep_days = 183", "audit.keep_days"},
      {"wait_days = 30", "wait_days = 29", "retention.wait_days"},
      {"wait_days = 30", "wait_days = 0", "retention.wait_days"},
      {"propose_after_days = 0", "propose_after_days = -1", "retention.propose_after_days"},
      {"session_seconds = 43200", "session_seconds = 2592001", "people.session_seconds"},
      {"requests_per_second = 100", "requests_per_second = 0", "people.requests_per_second"},
      {"people = \"any\"", "people = \"some\"", "uploads.people"},
      {"people = \"any\"", "persons = \"any\"", "uploads.persons"},
      {"access_hours = 8", "access_hours = 0", "people.access_hours"},
      {"access_hours = 8", "access_hours = 169", "people.access_hours"},
      {"every_seconds = 300", "every_seconds = 0", "canary.every_seconds"},
      {"every_seconds = 300", "every_seconds = 3601", "canary.every_seconds"},
      {"every_seconds = 300", "each_seconds = 300", "canary.each_seconds"},
      {"# [[people.court]]", "[[people.court]]", "people.court[0].code: is missing"},
      {"account = \"court-system-1\"", "account = \"person:wang\"", "court_system[0].account"},
      {"[limits]", "[limits", "not TOML"},
  };
  for (const auto& each : cases) {
    EXPECT_THAT(defect_of(sample_with(each.old, each.with)), ::testing::HasSubstr(each.says))
        << each.old << " -> " << each.with;
  }
}

TEST(Config, CourtsAreThoseOfSystemsAndOfPeopleEachOnce) {
  const std::string text = std::string(sample_config()) +
                           "[[people.court]]\ncode = \"0192\"\nname = \"B\"\n"
                           "[[people.court]]\ncode = \"0491\"\nname = \"C\"\n";
  const auto config = parse_config("heyan.toml", text, "/etc/heyan");
  ASSERT_TRUE(config.has_value()) << defect_of(text);
  EXPECT_EQ(courts_of(*config), (std::vector<Court>{{.code = "0491", .name = "北京互联网法院"},
                                                    {.code = "0192", .name = "B"}}));
  const auto again = parse_config("heyan.toml", to_toml(*config), "/");
  ASSERT_TRUE(again.has_value()) << defect_of(to_toml(*config));
  EXPECT_EQ(courts_of(*again), courts_of(*config));
  EXPECT_THAT(defect_of(text + "[[people.court]]\ncode = \"0192\"\nname = \"D\"\n"),
              testing::HasSubstr("people.court[2].code: stands here twice"));
}

TEST(Config, EveryDefectIsSaidAtOnce) {
  std::string text = sample_with("at_least = 2", "at_least = 9");
  text += "jugdes = 1\n";
  const auto parsed = parse_config("heyan.toml", text, "/etc/heyan");
  ASSERT_FALSE(parsed.has_value());
  EXPECT_EQ(parsed.error().size(), 2u);
}

TEST(Config, OneKeyIsOneCourtSystem) {
  std::string text(sample_config());
  const std::size_t at = text.find("[[court_system]]");
  text.insert(at, text.substr(at, text.find("# Messages of courts") - at));
  EXPECT_THAT(defect_of(text), ::testing::HasSubstr("stands here twice"));
}

TEST(Config, CourtsAreReadAndWrittenAgain) {
  const auto config = parse_config("heyan.toml", sample_config(), "/etc");
  ASSERT_TRUE(config.has_value());
  ASSERT_TRUE(config->courts.contains("micro_court"));
  EXPECT_THAT(config->courts.at("micro_court").at("allowed_hosts"),
              ::testing::ElementsAre("oss.court.example"));
  const auto again = parse_config("heyan.toml", to_toml(*config), "/");
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->courts, config->courts);
}

TEST(Config, ASettingOfACourtIsAListOfTexts) {
  for (const std::string_view value : {"\"one\"", "7", "[7]", "{a = []}"}) {
    std::string text(sample_config());
    text += "\n[court.tiny]\nsetting = " + std::string(value) + "\n";
    EXPECT_THAT(defect_of(text), ::testing::HasSubstr("setting")) << value;
  }
  EXPECT_THAT(defect_of(std::string(sample_config()) + "\n[court]\ntiny = 1\n"),
              ::testing::HasSubstr("court"));
}

TEST(Config, AFileIsReadWithItsOwnFolder) {
  const os::TemporaryFolder folder;
  const auto file = folder.write("heyan.toml", sample_config());
  const auto config = load_config(file);
  ASSERT_TRUE(config.has_value());
  EXPECT_EQ(config->tls.key, folder / "tls/key.pem");
  EXPECT_FALSE(load_config(folder / "nowhere.toml").has_value());
  EXPECT_FALSE(load_config(folder.path()).has_value());
  folder.write("big.toml", std::string(2u << 20, '#'));
  EXPECT_FALSE(load_config(folder / "big.toml").has_value());
}

}  // namespace
}  // namespace heyan::ops
