// A development installation and the gateway's inner programs over socket pairs: what the
// supervisor and the front do, without the front.
#pragma once

#include <gtest/gtest.h>
#include <sys/types.h>

#include <map>

#include "gateway/ipc/channel.h"
#include "gateway/ipc/frame_limits.h"
#include "heyan/v1/gateway.pb.h"
#include "tests/functional/process.h"

namespace heyan::functional {

class ProgramsTest : public ::testing::Test {
 protected:
  ProgramsTest();  // makes the installation; starts nothing
  ~ProgramsTest() override;

  // Starts BIN/WORDS... --config and these ends; its exit status comes from wait().
  void start(const std::string& name, std::vector<std::string> words,
             std::vector<std::pair<std::string, int>> ends);
  int wait(const std::string& name);  // 128 + the signal that ended it

  void start_signer();
  void start_worker(const std::string& mode);

  // A job's channel to a new child of that worker.
  ipc::Channel new_job(const std::string& mode, std::size_t frame_limit_bytes);
  v1::FrontGets ask_signer(const v1::FrontAsks& asks);

  std::string state_file(const std::string& name) const { return state_ + "/" + name; }
  static ipc::Deadline soon() { return ipc::within(std::chrono::seconds(60)); }

  TemporaryFolder folder_;
  std::string state_ = folder_ / "state";
  ipc::Pair signer_;                        // a: front's, b: signer's
  ipc::Pair door_;                          // a: judge's, b: signer's
  ipc::Pair renderers_;                     // a: render's, b: signer's
  std::map<std::string, ipc::Pair> doors_;  // of the workers. a: front's
  std::string said_to_ = "/dev/null";       // standard output of what is started
  os::Descriptor trust_;                    // what a box or judge was handed last
  std::map<std::string, pid_t> programs_;
};

}  // namespace heyan::functional
