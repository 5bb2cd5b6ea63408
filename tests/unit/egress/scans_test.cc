// A file for the malware scanner, through what a hostile one answers.
#include "gateway/egress/scans.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cstring>
#include <functional>
#include <future>
#include <thread>

#include "gateway/egress/clamd.h"
#include "tests/unit/os/temporary_folder.h"

namespace heyan::egress {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;
using ipc::MessageType;

// "clean", "found NAME", "too large", or the fault's number.
std::string words(const std::expected<v1::ScanSaid, v1::EgressFailure>& said) {
  if (!said) return v1::EgressFault_Name(said.error().fault());
  return v1::ScanOutcome_Name(said->outcome()) + (said->name().empty() ? "" : " " + said->name());
}

TEST(ScanAnswer, OnlyTheExactWordsCount) {
  EXPECT_EQ(words(read_scan_answer("stream: OK\0"sv)), "SCAN_OUTCOME_CLEAN");
  EXPECT_EQ(words(read_scan_answer("stream: Eicar-Test-Signature FOUND\0"sv)),
            "SCAN_OUTCOME_FOUND Eicar-Test-Signature");
  EXPECT_EQ(words(read_scan_answer("stream: OK FOUND\0"sv)), "SCAN_OUTCOME_FOUND OK");
  EXPECT_EQ(words(read_scan_answer("INSTREAM size limit exceeded. ERROR\0"sv)),
            "SCAN_OUTCOME_TOO_LARGE");
  EXPECT_EQ(words(read_scan_answer("stream: Can't allocate memory ERROR\0"sv)),
            "EGRESS_FAULT_REFUSED");
  for (const std::string_view other :
       {""sv, "\0"sv, "OK\0"sv, "stream: OK"sv, "stream: OK\n"sv, "stream: OK\n\0"sv,
        "stream: OK\0stream: OK\0"sv, "stream: OK\0\0"sv, "stream:  OK\0"sv, "stream: ok\0"sv,
        " stream: OK\0"sv, "stream:  FOUND\0"sv, "stream: FOUND\0"sv, "stream: X FOUND \0"sv,
        "stream: A FOUND\0stream: OK\0"sv, "stream: A FOUND\nstream: OK\0"sv, "1: stream: OK\0"sv,
        "PONG\0"sv, "UNKNOWN COMMAND\0"sv}) {
    EXPECT_EQ(words(read_scan_answer(other)), "EGRESS_FAULT_PROTOCOL") << other;
  }
}

TEST(ScanAnswer, ANameIsMadeVisibleAndCut) {
  EXPECT_EQ(words(read_scan_answer("stream: a\x1b[31m\xe2\x80\xae\xff FOUND\0"sv)),
            "SCAN_OUTCOME_FOUND a⟨U+001B⟩[31m⟨U+202E⟩⟨0xFF⟩");
  const auto said = read_scan_answer("stream: " + std::string(900, 'x') + " FOUND\0"s);
  ASSERT_TRUE(said);
  EXPECT_EQ(said->name(), std::string(120, 'x') + "…");
}

// A scanner of one connection at a time, which does what the test says with each.
class ScansTest : public testing::Test {
 protected:
  ScansTest() {
    scanner_.socket = folder_ / "clamd.ctl";
    scanner_.seconds = 1;
    file_ = os::Descriptor(::open((folder_ / "file").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    write("evidence");
  }
  void write(const std::string& bytes) {
    EXPECT_EQ(::pwrite(file_.get(), bytes.data(), bytes.size(), 0),
              static_cast<ssize_t>(bytes.size()));
    size_ = bytes.size();
  }
  // What a connection is to see; `to`: its other end.
  std::string scan_by(const std::function<void(int to)>& scanner) {
    const os::Descriptor listening(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, scanner_.socket.c_str(), sizeof address.sun_path - 1);
    EXPECT_EQ(::bind(listening.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::listen(listening.get(), 1), 0);
    std::jthread thread([&] {
      const os::Descriptor to(::accept4(listening.get(), nullptr, nullptr, SOCK_CLOEXEC));
      scanner(to.get());
    });
    ::lseek(file_.get(), 0, SEEK_SET);
    std::string said = words(scan(scanner_, file_.get(), size_));
    ::unlink(scanner_.socket.c_str());
    return said;
  }
  static std::string read_some(int from, std::size_t most) {
    std::string got(most, '\0');
    std::size_t used = 0;
    while (used < most) {
      const ssize_t count = ::recv(from, got.data() + used, most - used, 0);
      if (count <= 0) break;
      used += static_cast<std::size_t>(count);
    }
    got.resize(used);
    return got;
  }
  static void say(int to, std::string_view text) {
    static_cast<void>(!::send(to, text.data(), text.size(), MSG_NOSIGNAL));
  }
  // Reads as clamd does what is sent of "evidence", and then says that.
  std::string after_all(std::string_view text) {
    return scan_by([&](int to) {
      seen_ = read_some(to, kAll.size());
      say(to, text);
    });
  }

  static constexpr std::string_view kAll =
      "zINSTREAM\0\0\0\0\x08"
      "evidence\0\0\0\0"sv;
  os::TemporaryFolder folder_;
  ops::Scanner scanner_;
  os::Descriptor file_;
  std::size_t size_ = 0;
  std::string seen_;
};

TEST_F(ScansTest, AllOfItIsShownInChunks) {
  EXPECT_EQ(after_all("stream: OK\0"sv), "SCAN_OUTCOME_CLEAN");
  EXPECT_EQ(seen_, kAll);
  EXPECT_EQ(after_all("stream: Eicar FOUND\0"sv), "SCAN_OUTCOME_FOUND Eicar");
}

TEST_F(ScansTest, NobodyIsThere) {
  EXPECT_EQ(words(scan(scanner_, file_.get(), size_)), "EGRESS_FAULT_CONNECTION");
  EXPECT_EQ(words(ask_whether_there(scanner_)), "EGRESS_FAULT_CONNECTION");
}

TEST_F(ScansTest, WhatSaysTooMuchSaysNothing) {
  EXPECT_EQ(after_all("stream: OK\0stream: OK\0"sv), "EGRESS_FAULT_PROTOCOL");
  EXPECT_EQ(after_all("\x7f\x45\x4c\x46 garbage"), "EGRESS_FAULT_PROTOCOL");
  const std::string endless(1u << 20, 'x');
  EXPECT_EQ(after_all(endless), "EGRESS_FAULT_SIZE");
  EXPECT_EQ(after_all(""), "EGRESS_FAULT_CONNECTION");
}

TEST_F(ScansTest, WhatSaysNothingIsNotWaitedForForEver) {
  std::promise<void> over;
  EXPECT_EQ(scan_by([&](int to) {
              read_some(to, kAll.size());
              over.get_future().wait_for(std::chrono::seconds(3));
            }),
            "EGRESS_FAULT_TIME");
  EXPECT_EQ(scan_by([](int to) {  // nor one that says a little now and then
              for (int i = 0; i < 30; ++i) {
                say(to, "s");
                std::this_thread::sleep_for(std::chrono::milliseconds(100));
              }
            }),
            "EGRESS_FAULT_TIME");
}

TEST_F(ScansTest, NothingIsCleanThatWasNotSeenWhole) {
  write(std::string(4u << 20, 'e'));
  EXPECT_EQ(scan_by([](int to) {
              read_some(to, 100);
              say(to, "stream: OK\0"sv);
            }),
            "EGRESS_FAULT_PROTOCOL");
  EXPECT_EQ(scan_by([](int to) {
              read_some(to, 100);
              say(to, "INSTREAM size limit exceeded. ERROR\0"sv);
            }),
            "SCAN_OUTCOME_TOO_LARGE");
  EXPECT_EQ(scan_by([](int to) {
              read_some(to, 100);
              say(to, "stream: Eicar FOUND\0"sv);
            }),
            "SCAN_OUTCOME_FOUND Eicar");
  EXPECT_EQ(scan_by([](int to) { read_some(to, 100); }), "EGRESS_FAULT_CONNECTION");
}

TEST_F(ScansTest, NorWhatWasLeftUnread) {
  EXPECT_EQ(scan_by([](int to) {  // all of it is in the socket by then
              read_some(to, 10);
              std::this_thread::sleep_for(std::chrono::milliseconds(100));
              say(to, "stream: OK\0"sv);
            }),
            "EGRESS_FAULT_PROTOCOL");
}

TEST_F(ScansTest, WhatIsTooLargeIsShownToNobody) {
  scanner_.max_bytes = size_ - 1;
  EXPECT_EQ(words(scan(scanner_, file_.get(), size_)), "SCAN_OUTCOME_TOO_LARGE");
}

TEST_F(ScansTest, AFileOfAnotherSizeIsNoneOfOurs) {
  for (const std::size_t size : {std::size_t{7}, std::size_t{9}, std::size_t{0}}) {
    size_ = size;
    EXPECT_EQ(after_all("stream: OK\0"sv), "EGRESS_FAULT_FILES") << size;
  }
}

class ScanServerTest : public testing::Test {
 protected:
  ipc::Channel serve(const std::optional<ops::Scanner>& scanner) {
    auto pair = std::move(ipc::make_pair()).value();
    status_ = std::async(std::launch::async, [scanner, end = std::move(pair.b)]() mutable {
      return serve_scans(scanner, ipc::Channel(std::move(end), 4096));
    });
    return {std::move(pair.a), 4096};
  }
  static v1::ScanGets ask(ipc::Channel& front, int file) {
    v1::ScanAsk ask;
    ask.set_id(7);
    ask.set_size(8);
    EXPECT_TRUE(front.send(MessageType::kScanAsk, ask, file));
    auto gets =
        front.receive<v1::ScanGets>(MessageType::kScanGets, ipc::within(std::chrono::seconds(20)));
    return gets ? *gets : v1::ScanGets();
  }
  std::future<int> status_;
};

TEST_F(ScanServerTest, OnlyWhatIsConfiguredIsAsked) {
  ipc::Channel front = serve(std::nullopt);
  const os::Descriptor file(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  EXPECT_EQ(ask(front, file.get()).failure().fault(), v1::EGRESS_FAULT_UNKNOWN_LEDGER);
  EXPECT_EQ(ask(front, -1).id(), 7u);
  front.close();
  EXPECT_EQ(status_.get(), 0);
}

TEST_F(ScanServerTest, AnotherMessageEndsIt) {
  ipc::Channel front = serve(ops::Scanner());
  ASSERT_TRUE(front.send(MessageType::kStampAsk, v1::StampAsk()));
  EXPECT_EQ(status_.get(), 1);
}

}  // namespace
}  // namespace heyan::egress
