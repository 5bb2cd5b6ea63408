// heyan log show|audit over what a real signer published, and over copies of it with which
// something is wrong.
#include <gmock/gmock.h>
#include <signal.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "tests/functional/judging_fixture.h"
#include "verifier/core/json.h"

namespace heyan::functional {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class LogCommandsTest : public JudgingProgramsTest {
 protected:
  LogCommandsTest() {
    start_signer();
    start_worker("judge");
    take_in();
    std::filesystem::copy(state_file("log/checkpoint"), kept_);
    EXPECT_TRUE(judge().has_value());
    std::filesystem::copy(state_file("log"), copy_, std::filesystem::copy_options::recursive);
  }
  Outcome audit(std::vector<std::string> more = {}) {
    std::vector<std::string> words = {"log", "audit", copy_, "--lang", "en"};
    words.insert(words.end(), more.begin(), more.end());
    return heyan(std::move(words));
  }
  Outcome audit_with_key(std::vector<std::string> more = {}) {
    more.insert(more.end(), {"--key", key_});
    return audit(std::move(more));
  }

  // The types of the copy's entries, in their order: heads of audit trails stand between those that
  // these tests made, as many as the other processes had begun trails.
  std::vector<std::string> types() {
    const Outcome shown = heyan({"log", "show", copy_, "--format", "json"});
    const auto value = core::json::parse(core::as_bytes(shown.out), {});
    std::vector<std::string> found;
    if (!value || value->as_array() == nullptr) return found;
    for (const core::json::Value& each : *value->as_array())
      found.push_back(*each.at("/entry/type")->as_string());
    return found;
  }
  std::size_t last_of(std::string_view type) {
    const std::vector<std::string> all = types();
    return static_cast<std::size_t>(std::ranges::find(all.rbegin(), all.rend(), type).base() -
                                    all.begin()) -
           1;
  }

  // NAME+ID+KEY.
  std::string vkey_part(int part) const {
    std::istringstream text(read_file(key_));
    std::string found;
    for (int i = 0; i <= part; ++i) std::getline(text, found, '+');
    return found;
  }
  // In the trail of what is done at a command line.
  std::ptrdiff_t recorded(std::string_view words) const {
    std::ptrdiff_t lines = 0;
    for (const auto& file : std::filesystem::directory_iterator(state_file("audit/accounts"))) {
      std::istringstream text(read_file(file.path()));
      for (std::string line; std::getline(text, line);) lines += line.contains(words) ? 1 : 0;
    }
    return lines;
  }

  std::string key_ = state_file("keys/log.vkey");
  std::string copy_ = folder_ / "copy";
  std::string kept_ = folder_ / "kept-checkpoint";
};

TEST_F(LogCommandsTest, AGoodLogHoldsAndGoesOnFromTheKeptCheckpoint) {
  const Outcome found = audit_with_key({"--since", kept_});
  EXPECT_EQ(found.status, 0) << found.out << found.err;
  EXPECT_THAT(found.out, HasSubstr("Signature of the checkpoint: valid"));
  EXPECT_THAT(found.out, HasSubstr("Conclusion: the log holds."));
  EXPECT_EQ(found.err, "");
  const Outcome chinese = heyan({"log", "audit", copy_, "--key", key_});
  EXPECT_EQ(chinese.status, 0);
  EXPECT_THAT(chinese.out, HasSubstr("结论：日志成立。"));
  const Outcome json = audit_with_key({"--since", kept_, "--format", "json"});
  const auto value = core::json::parse(core::as_bytes(json.out), {});
  ASSERT_TRUE(value.has_value()) << json.out;
  EXPECT_EQ(*value->at("/outcome")->as_string(), "valid");
  const std::vector<std::string> all = types();
  EXPECT_EQ(*value->at("/entriesRead")->as_integer(), std::ssize(all));
  EXPECT_EQ(*value->at("/entries/report")->as_integer(), 1);
  EXPECT_EQ(*value->at("/entries/intake")->as_integer(), 1);
  EXPECT_EQ(*value->at("/entries/audit")->as_integer(), std::ssize(all) - 3);
}

TEST_F(LogCommandsTest, WithoutAKeyItIsUndetermined) {
  const Outcome found = audit();
  EXPECT_EQ(found.status, 11);
  EXPECT_THAT(found.out, HasSubstr("nobody's signature was checked"));
}

TEST_F(LogCommandsTest, OverdueIntakesAreNamed) {
  v1::FrontAsks asks;
  asks.mutable_intake()->set_submission_id("s2");
  *asks.mutable_intake()->mutable_files() = job_.files();
  ASSERT_TRUE(ask_signer(asks).has_receipt());
  std::filesystem::remove_all(copy_);
  std::filesystem::copy(state_file("log"), copy_, std::filesystem::copy_options::recursive);
  EXPECT_EQ(audit_with_key().status, 0);
  const Outcome later = audit_with_key({"--at", "2100-01-01T00:00:00Z"});
  EXPECT_EQ(later.status, 11) << later.out;
  EXPECT_THAT(later.out, HasSubstr("for more than 24 hours: 1\n  " +
                                   std::to_string(last_of("intake")) + "  "));
  EXPECT_THAT(later.out, HasSubstr("some intake is overdue"));
}

TEST_F(LogCommandsTest, WhatIsChangedDoesNotHold) {
  const std::string tile = "tile/entries/000.p/" + std::to_string(types().size());
  const std::string entries = copy_ + "/" + tile;
  std::string bytes = read_file(entries);
  ++bytes.back();
  write_file(entries, bytes);
  const Outcome found = audit_with_key();
  EXPECT_EQ(found.status, 10);
  EXPECT_THAT(found.out, HasSubstr(tile + ": it is no entry of a report log"));
  EXPECT_THAT(found.out, HasSubstr("the entries do not lead to the checkpoint's root"));
  EXPECT_EQ(audit({"--format", "json"}).status, 10);
}

TEST_F(LogCommandsTest, AnOlderCopyThanTheKeptCheckpointDoesNotHold) {
  const std::string newer = copy_ + "/checkpoint";
  const std::string text = read_file(newer);
  write_file(newer, read_file(kept_));
  write_file(kept_, text);
  std::filesystem::create_directories(copy_ + "/tile/0/000.p");
  const Outcome found = audit_with_key({"--since", kept_});
  EXPECT_EQ(found.status, 10);
  EXPECT_THAT(found.out, HasSubstr("shorter than the checkpoint that was kept"));
}

TEST_F(LogCommandsTest, AnotherKeyDoesNotHold) {
  const std::string other = folder_ / "other";
  ASSERT_EQ(heyan({"serve", "--prepare", "--state", other, "--sample",
                   std::string(HEYAN_SOURCE) + "/gateway/sample/trust"})
                .status,
            0);
  const Outcome found = audit({"--key", other + "/keys/log.vkey"});
  EXPECT_EQ(found.status, 10);
  EXPECT_THAT(found.out, HasSubstr("no valid signature of this key"));
  EXPECT_EQ(audit({"--key", other + "/keys/log.vkey", "--since", kept_}).status, 65);
}

TEST_F(LogCommandsTest, WhatIsNoInputIsSaidSo) {
  EXPECT_EQ(heyan({"log", "audit", folder_ / "nothing"}).status, 74);
  EXPECT_EQ(heyan({"log", "audit", state_file("keys")}).status, 74);
  EXPECT_EQ(heyan({"log", "show", state_file("keys")}).status, 74);
  EXPECT_EQ(audit({"--key", folder_ / "nothing"}).status, 74);
  EXPECT_EQ(audit({"--key", kept_}).status, 65);
  EXPECT_EQ(audit_with_key({"--since", key_}).status, 65);
  EXPECT_EQ(audit_with_key({"--since", folder_ / "nothing"}).status, 74);
  write_file(copy_ + "/checkpoint", "not a note");
  EXPECT_EQ(audit_with_key().status, 65);
  EXPECT_EQ(heyan({"log", "show", copy_}).status, 65);
  EXPECT_EQ(heyan({"log", "show"}).status, 2);
  EXPECT_EQ(heyan({"log", "show", copy_, "--from", "-1"}).status, 2);
  EXPECT_EQ(heyan({"log", "audit", copy_, "--format", "xml"}).status, 2);
}

TEST_F(LogCommandsTest, ShowListsWhatWasAskedFor) {
  const Outcome all = heyan({"log", "show", copy_, "--lang", "en"});
  EXPECT_EQ(all.status, 0);
  EXPECT_THAT(all.out, HasSubstr("beginning of the log"));
  const std::string intake = std::to_string(last_of("intake"));
  EXPECT_THAT(all.out, HasSubstr("intake=" + intake));
  const Outcome one =
      heyan({"log", "show", copy_, "--from", intake, "--to", intake, "--lang", "en"});
  EXPECT_THAT(one.out, StartsWith(intake + "  2"));
  EXPECT_THAT(one.out, Not(HasSubstr("report")));
  const Outcome json = heyan({"log", "show", copy_, "--format", "json", "--to", "99"});
  const auto value = core::json::parse(core::as_bytes(json.out), {});
  ASSERT_TRUE(value.has_value()) << json.out;
  const std::size_t report = last_of("report");
  ASSERT_GT(value->as_array()->size(), report);
  EXPECT_EQ(*value->at("/" + std::to_string(report) + "/entry/type")->as_string(), "report");
  EXPECT_EQ(heyan({"log", "show", copy_, "--format", "json", "--from", "77"}).out, "[]\n");
}

// As an operator does after a restore: security decision 16.
TEST_F(LogCommandsTest, RenewBeginsALogThatFollowsTheOldOne) {
  const std::string toml = state_file("heyan.toml");
  const std::string config = read_file(toml);
  const std::string last = folder_ / "last-checkpoint";
  write_file(last, read_file(state_file("log/checkpoint")));
  const std::string old_key = read_file(key_);
  const std::size_t at = config.find("\nname = \"heyan.local") + 9;
  const std::string renamed = config.substr(0, at) + "court.example/second\"\nfollows = \"" + last +
                              config.substr(config.find('"', at));
  write_file(toml, renamed);
  const Outcome running = heyan({"log", "renew", "--config", toml, "--lang", "en"});
  EXPECT_EQ(running.status, 65) << "the signer publishes into what would be put aside";
  EXPECT_THAT(running.err, HasSubstr("Stop the gateway first"));
  EXPECT_TRUE(std::filesystem::exists(state_file("log/checkpoint")));
  EXPECT_EQ(read_file(key_), old_key);
  ::kill(programs_.at("signer"), SIGKILL);
  wait("signer");
  write_file(toml, config);
  EXPECT_EQ(heyan({"log", "renew", "--config", toml}).status, 65) << "nothing new is named";
  write_file(toml, renamed);
  const Outcome unnamed = heyan({"config", "check", toml, "--lang", "en"});
  EXPECT_EQ(unnamed.status, 65) << "nor does a gateway start";
  EXPECT_THAT(unnamed.err, HasSubstr("log.name: " + key_));
  EXPECT_THAT(unnamed.err, HasSubstr("heyan log renew"));
  start_signer();
  EXPECT_EQ(wait("signer"), 65) << "log.vkey still has the old name";
  write_file(last, read_file(kept_).substr(1));
  EXPECT_EQ(heyan({"log", "renew", "--config", toml}).status, 65) << "no checkpoint of the old log";
  write_file(last, read_file(kept_));
  const Outcome early = heyan({"log", "renew", "--config", toml, "--lang", "en"});
  EXPECT_EQ(early.status, 65) << "more was published";
  EXPECT_THAT(early.err, HasSubstr("Put " + state_file("log/checkpoint") + " there"));
  write_file(last, read_file(copy_ + "/checkpoint"));
  const std::string stopped = state_file("signer/stopped-log-set-back");
  const auto keeps = [](const std::string& entries) {
    return "The witness w keeps a checkpoint of this log with " + entries + " entries that does…\n";
  };
  write_file(stopped, keeps("9999"));
  const Outcome witnessed = heyan({"log", "renew", "--config", toml, "--lang", "en"});
  EXPECT_EQ(witnessed.status, 65) << "a witness knows more";
  EXPECT_THAT(witnessed.err, HasSubstr("older than what a witness keeps"));
  EXPECT_EQ(read_file(key_), old_key);
  write_file(stopped, keeps("2"));
  const Outcome renewed = heyan({"log", "renew", "--config", toml, "--lang", "en"});
  ASSERT_EQ(renewed.status, 0) << renewed.err;
  EXPECT_FALSE(std::filesystem::exists(stopped)) << "it was of the old log";
  EXPECT_THAT(renewed.err, HasSubstr("what said so was removed: " + stopped));
  const std::string kept = renewed.err.substr(renewed.err.find(state_));
  start_signer();
  v1::FrontAsks asks;
  asks.mutable_backlog();
  EXPECT_GE(ask_signer(asks).backlog().log_size(), 1u);
  std::filesystem::remove_all(copy_);
  std::filesystem::copy(state_file("log"), copy_, std::filesystem::copy_options::recursive);
  const std::vector<std::string> all = types();
  EXPECT_EQ(all.front(), "log");
  EXPECT_EQ(std::ranges::count(all, "audit") + 1, std::ssize(all))
      << "the old log's entries stay there";
  const Outcome found = heyan({"log", "audit", state_file("log"), "--key", key_, "--lang", "en"});
  EXPECT_EQ(found.status, 0) << found.out << found.err;
  EXPECT_THAT(found.out, HasSubstr("Log: court.example/second"));
  write_file(folder_ / "old.vkey", old_key);
  EXPECT_EQ(heyan({"log", "audit", kept.substr(0, kept.find('\n')), "--key", folder_ / "old.vkey"})
                .status,
            0);
  EXPECT_EQ(recorded(R"("event":"log-renew-begun")"), 1) << "what was refused was not begun";
  EXPECT_EQ(recorded(R"("event":"log-renewed","outcome":"done")"), 1);
  EXPECT_EQ(recorded(R"("stopped":"log-set-back")"), 2);
}

// Under a name taken again the same key would sign a second history.
TEST_F(LogCommandsTest, NoLogHasTheNameOfAnEarlierOne) {
  const std::string toml = state_file("heyan.toml");
  const std::string config = read_file(toml);
  const std::string last = folder_ / "last-checkpoint";
  const std::string first = vkey_part(0);
  const std::string old_key = read_file(key_);
  const std::size_t at = config.find("\nname = \"heyan.local") + 9;
  const auto name_log = [&](const std::string& name) {
    write_file(toml, config.substr(0, at) + name + "\"\nfollows = \"" + last +
                         config.substr(config.find('"', at)));
  };
  const auto stop_signer = [&] {
    ::kill(programs_.at("signer"), SIGKILL);
    wait("signer");
  };
  v1::FrontAsks asks;
  asks.mutable_backlog();
  stop_signer();
  write_file(last, read_file(state_file("log/checkpoint")));
  name_log("court.example/second");
  ASSERT_EQ(heyan({"log", "renew", "--config", toml}).status, 0);
  std::filesystem::rename(last, last + ".away");
  Outcome checked = heyan({"config", "check", toml, "--lang", "en"});
  EXPECT_EQ(checked.status, 65) << "it has not begun";
  EXPECT_THAT(checked.err, HasSubstr("log.follows: " + last + ": there is no such file"));
  start_signer();
  EXPECT_EQ(wait("signer"), 65);
  std::filesystem::rename(last + ".away", last);
  start_signer();
  EXPECT_GE(ask_signer(asks).backlog().log_size(), 1u);
  stop_signer();

  // Begun, it quotes what it follows, and needs the file no more.
  EXPECT_EQ(heyan({"config", "check", toml}).status, 0);
  std::filesystem::rename(last, last + ".away");
  EXPECT_EQ(heyan({"config", "check", toml}).status, 0);
  start_signer();
  EXPECT_GE(ask_signer(asks).backlog().log_size(), 1u);
  stop_signer();
  write_file(last, read_file(kept_));
  checked = heyan({"config", "check", toml, "--lang", "en"});
  EXPECT_EQ(checked.status, 65) << "it quotes another";
  EXPECT_THAT(checked.err, HasSubstr("log.follows: " + last));
  start_signer();
  EXPECT_EQ(wait("signer"), 70);

  write_file(last, read_file(state_file("log/checkpoint")));
  name_log(first);
  const Outcome again = heyan({"log", "renew", "--config", toml, "--lang", "en"});
  EXPECT_EQ(again.status, 65);
  EXPECT_THAT(again.err, HasSubstr("an earlier log of these keys had this name"));
  EXPECT_EQ(vkey_part(0), "court.example/second");
  EXPECT_TRUE(std::filesystem::exists(state_file("log/checkpoint"))) << "nothing was put aside";
  write_file(key_, old_key);  // as one would by hand
  checked = heyan({"config", "check", toml, "--lang", "en"});
  EXPECT_EQ(checked.status, 65);
  EXPECT_THAT(checked.err, HasSubstr("an earlier log of these keys had this name"));
  start_signer();
  EXPECT_EQ(wait("signer"), 65);
  std::filesystem::remove(state_file("keys/earlier-logs.vkeys"));
  start_signer();
  EXPECT_EQ(wait("signer"), 70) << "its own database knows, too";
}

// As a crash or a full disk between its two steps leaves it.
TEST_F(LogCommandsTest, RenewGoesOnWhereItWasCutShort) {
  const std::string toml = state_file("heyan.toml");
  const std::string config = read_file(toml);
  const std::string last = folder_ / "last-checkpoint";
  write_file(last, read_file(state_file("log/checkpoint")));
  ::kill(programs_.at("signer"), SIGKILL);
  wait("signer");
  const std::size_t at = config.find("\nname = \"heyan.local") + 9;
  write_file(toml, config.substr(0, at) + "court.example/second\"\nfollows = \"" + last +
                       config.substr(config.find('"', at)));
  const std::string id = vkey_part(1);
  const std::string kept = state_file("log-" + id);
  std::filesystem::rename(state_file("log"), kept);
  write_file(state_file("log"), "in its place");
  EXPECT_EQ(heyan({"log", "renew", "--config", toml}).status, 74) << "both are there";
  EXPECT_EQ(vkey_part(1), id);
  EXPECT_EQ(recorded(R"("event":"log-renewed","outcome":"failed")"), 1);
  std::filesystem::remove(state_file("log"));
  const Outcome renewed = heyan({"log", "renew", "--config", toml, "--lang", "en"});
  EXPECT_EQ(renewed.status, 0) << renewed.err;
  EXPECT_THAT(renewed.err, HasSubstr(kept));
  EXPECT_EQ(read_file(kept + "/checkpoint"), read_file(last));
  EXPECT_EQ(vkey_part(0), "court.example/second");
  EXPECT_EQ(heyan({"log", "renew", "--config", toml}).status, 65) << "there is nothing to do";
  EXPECT_EQ(recorded(R"("event":"log-renewed","outcome":"done")"), 1);
}

TEST_F(LogCommandsTest, HelpBeginsWithAnExampleThatWorks) {
  const Outcome help = heyan({"log", "audit", "--help"});
  EXPECT_EQ(help.status, 0);
  EXPECT_THAT(help.out,
              HasSubstr("heyan log audit heyan-state/log --key heyan-state/keys/log.vkey"));
}

}  // namespace
}  // namespace heyan::functional
