#include "tests/functional/gateway_fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/keys/trust_in_force.h"

namespace heyan::functional {

ProgramsTest::ProgramsTest() {
  const Outcome made = heyan({"serve", "--prepare", "--state", state_, "--sample",
                              std::string(HEYAN_SOURCE) + "/gateway/sample/trust"});
  EXPECT_EQ(made.status, 0) << made.err;
  signer_ = *ipc::make_pair();
  door_ = *ipc::make_pair();
  renderers_ = *ipc::make_pair();
  for (const char* mode : {"box", "judge", "render", "draw"}) doors_[mode] = *ipc::make_pair();
}

ProgramsTest::~ProgramsTest() {
  for (const auto& [name, pid] : programs_) {
    ::kill(pid, SIGKILL);
    ::waitpid(pid, nullptr, 0);
  }
}

void ProgramsTest::start(const std::string& name, std::vector<std::string> words,
                         std::vector<std::pair<std::string, int>> ends) {
  words.front() = std::filesystem::path(HEYAN_BINARY).parent_path() / words.front();
  words.insert(words.end(), {"--config", state_file("heyan.toml")});
  for (const auto& [option, end] : ends) {
    words.push_back(option);
    words.push_back(std::to_string(end));
  }
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const pid_t pid = ::fork();
  ASSERT_GE(pid, 0);
  if (pid == 0) {
    ::dup2(::open(said_to_.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600), STDOUT_FILENO);
    for (const auto& [option, end] : ends) ::fcntl(end, F_SETFD, 0);
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
  }
  programs_[name] = pid;
}

int ProgramsTest::wait(const std::string& name) {
  int status = 0;
  EXPECT_EQ(::waitpid(programs_.at(name), &status, 0), programs_.at(name));
  programs_.erase(name);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void ProgramsTest::start_signer() {
  start("signer", {"heyan-signer"},
        {{"--front", signer_.b.get()},
         {"--judges", door_.b.get()},
         {"--renderers", renderers_.b.get()}});
}

void ProgramsTest::start_worker(const std::string& mode) {
  std::vector<std::pair<std::string, int>> ends = {{"--front", doors_[mode].b.get()}};
  if (mode == "judge") ends.emplace_back("--signer", door_.a.get());
  if (mode == "render") ends.emplace_back("--signer", renderers_.a.get());
  if (mode == "box" || mode == "judge") {
    const auto config = ops::load_config(state_file("heyan.toml"));
    ASSERT_TRUE(config.has_value());
    const auto trust = keys::load_court_trust(config->trust, config->production);
    ASSERT_TRUE(trust.has_value()) << trust.error().what;
    trust_ = *keys::seal_trust(*trust);
    ends.emplace_back("--trust", trust_.get());
  }
  if (mode == "draw") {
    start(mode, {"heyan-draw"}, std::move(ends));
  } else {
    start(mode, {"heyan-worker", mode}, std::move(ends));
  }
}

ipc::Channel ProgramsTest::new_job(const std::string& mode, std::size_t frame_limit_bytes) {
  auto pair = *ipc::make_pair();
  ipc::Channel door(os::Descriptor(::dup(doors_[mode].a.get())), 64);
  EXPECT_TRUE(door.send_door(pair.b, soon()).has_value());
  return {std::move(pair.a), frame_limit_bytes};
}

v1::FrontGets ProgramsTest::ask_signer(const v1::FrontAsks& asks) {
  ipc::Channel channel(os::Descriptor(::dup(signer_.a.get())), 64u << 20);
  EXPECT_TRUE(channel.send(ipc::MessageType::kFrontAsks, asks, -1, soon()).has_value());
  auto gets = channel.receive<v1::FrontGets>(ipc::MessageType::kFrontGets, soon());
  EXPECT_TRUE(gets.has_value());
  return gets ? *std::move(gets) : v1::FrontGets();
}

}  // namespace heyan::functional
