// What may be asked through a door, and what ends it.
#include "gateway/egress/objects.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <future>

#include "gateway/ipc/frame_limits.h"
#include "tests/unit/os/temporary_folder.h"

namespace heyan::egress {
namespace {

using ipc::MessageType;

const std::string kName = std::string(32, 'c') + "/ab/" + std::string(62, 'd') + ".sealed";

class ObjectsTest : public testing::Test {
 protected:
  ObjectsTest() {
    EXPECT_TRUE(start_library().has_value());
    bucket_.emplace();
    bucket_->plain = true;
    bucket_->host = "127.0.0.1";
    bucket_->port = 1;  // nobody is there
    bucket_->path = "/";
    bucket_->addresses = {"127.0.0.1"};
    bucket_->seconds = 2;
    bucket_->bucket = "evidence";
    bucket_->region = "court-1";
    files_.emplace(BucketFiles{.tls = {}, .access_key = "heyan:vault", .secret = "test-secret"});
    file_ = os::Descriptor(::open(folder_.write("object", "sealed").c_str(), O_RDONLY | O_CLOEXEC));
  }
  void TearDown() override { front_.reset(); }  // before the thread is waited for
  void start() {
    auto pair = std::move(ipc::make_pair()).value();
    front_.emplace(std::move(pair.a), 64);
    status_ = std::async(std::launch::async, [this, end = std::move(pair.b)]() mutable {
      return serve_objects(bucket_, files_, ipc::Channel(std::move(end), 64));
    });
  }
  ipc::Channel door() {
    auto pair = std::move(ipc::make_pair()).value();
    EXPECT_TRUE(front_->send_door(pair.b).has_value());
    return {std::move(pair.a), ipc::kObjectFrameBytes};
  }
  static v1::ObjectAsk asking(v1::ObjectAct act) {
    v1::ObjectAsk ask;
    ask.set_act(act);
    if (act != v1::OBJECT_ACT_THERE) ask.set_name(kName);
    if (act == v1::OBJECT_ACT_PUT) ask.set_sha256(std::string(32, 's'));
    if (act == v1::OBJECT_ACT_PUT || act == v1::OBJECT_ACT_GET) ask.set_size(6);
    return ask;
  }
  // What is answered; "closed" where the door is.
  std::string ask(const v1::ObjectAsk& ask, bool with_file) {
    ipc::Channel asker = door();
    EXPECT_TRUE(asker.send(MessageType::kObjectAsk, ask, with_file ? file_.get() : -1).has_value());
    const auto gets = asker.receive<v1::ObjectGets>(MessageType::kObjectGets,
                                                    ipc::within(std::chrono::seconds(20)));
    if (!gets) return gets.error().code == core::ErrorCode::kNotFound ? "closed" : "?";
    return gets->has_failure() ? v1::EgressFault_Name(gets->failure().fault()) : "done";
  }

  os::TemporaryFolder folder_;
  std::optional<ops::Bucket> bucket_;
  std::optional<BucketFiles> files_;
  os::Descriptor file_;
  std::optional<ipc::Channel> front_;
  std::future<int> status_;
};

TEST_F(ObjectsTest, EachQuestionIsPutToTheBucket) {
  start();
  for (const auto act : {v1::OBJECT_ACT_PUT, v1::OBJECT_ACT_GET, v1::OBJECT_ACT_FIND,
                         v1::OBJECT_ACT_REMOVE, v1::OBJECT_ACT_THERE}) {
    EXPECT_EQ(ask(asking(act), act == v1::OBJECT_ACT_PUT), "EGRESS_FAULT_CONNECTION") << act;
  }
  front_.reset();
  EXPECT_EQ(status_.get(), 0);
}

TEST_F(ObjectsTest, WhatMayNotBeAskedClosesItsDoorAlone) {
  start();
  const auto with = [](v1::ObjectAsk ask, auto change) {
    change(ask);
    return ask;
  };
  const v1::ObjectAsk put = asking(v1::OBJECT_ACT_PUT);
  EXPECT_EQ(ask(put, false), "closed");
  EXPECT_EQ(ask(asking(v1::OBJECT_ACT_GET), true), "closed");
  EXPECT_EQ(ask(with(put, [](auto& a) { a.set_sha256("short"); }), true), "closed");
  EXPECT_EQ(ask(with(put, [](auto& a) { a.set_name("../" + kName); }), true), "closed");
  EXPECT_EQ(ask(asking(v1::OBJECT_ACT_UNSPECIFIED), false), "closed");
  for (const auto act : {v1::OBJECT_ACT_GET, v1::OBJECT_ACT_FIND, v1::OBJECT_ACT_REMOVE}) {
    EXPECT_EQ(ask(with(asking(act), [](auto& a) { a.clear_name(); }), false), "closed");
    EXPECT_EQ(ask(with(asking(act), [](auto& a) { a.set_name("court.key"); }), false), "closed");
    EXPECT_EQ(ask(with(asking(act), [](auto& a) { a.set_sha256(std::string(32, 's')); }), false),
              "closed");
  }
  EXPECT_EQ(ask(with(asking(v1::OBJECT_ACT_FIND), [](auto& a) { a.set_size(1); }), false),
            "closed");
  EXPECT_EQ(ask(with(asking(v1::OBJECT_ACT_THERE), [](auto& a) { a.set_name(kName); }), false),
            "closed");
  {
    ipc::Channel asker = door();
    ASSERT_TRUE(asker.send(MessageType::kScanAsk, v1::ScanAsk()).has_value());
    EXPECT_FALSE(asker
                     .receive<v1::ObjectGets>(MessageType::kObjectGets,
                                              ipc::within(std::chrono::seconds(20)))
                     .has_value());
  }
  door();  // closed without a word
  EXPECT_EQ(ask(put, true), "EGRESS_FAULT_CONNECTION");
}

TEST_F(ObjectsTest, WithoutItsFilesNothingIsAsked) {
  files_.reset();
  start();
  EXPECT_EQ(ask(asking(v1::OBJECT_ACT_FIND), false), "EGRESS_FAULT_FILES");
}

TEST_F(ObjectsTest, NorWithoutABucket) {
  bucket_.reset();
  start();
  EXPECT_EQ(ask(asking(v1::OBJECT_ACT_FIND), false), "EGRESS_FAULT_UNKNOWN_LEDGER");
}

// A transfer of hours that nobody waits for would take one of a few threads.
TEST_F(ObjectsTest, WhoHangsUpDuringAPutEndsIt) {
  const os::Descriptor listening(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(::bind(listening.get(), reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(::listen(listening.get(), 1), 0);
  ASSERT_EQ(::getsockname(listening.get(), reinterpret_cast<sockaddr*>(&address), &size), 0);
  bucket_->port = ntohs(address.sin_port);
  bucket_->seconds = 60;
  start();
  std::optional<ipc::Channel> asker = door();
  ASSERT_TRUE(
      asker->send(MessageType::kObjectAsk, asking(v1::OBJECT_ACT_PUT), file_.get()).has_value());
  // All of it is taken, and nothing said.
  const os::Descriptor store(::accept4(listening.get(), nullptr, nullptr, SOCK_CLOEXEC));
  ASSERT_TRUE(store.is_open());
  const timeval longest{.tv_sec = 20, .tv_usec = 0};
  ::setsockopt(store.get(), SOL_SOCKET, SO_RCVTIMEO, &longest, sizeof longest);
  std::string request;
  std::array<char, 4096> some{};
  ssize_t count = 0;
  const auto more = [&] { return count = ::recv(store.get(), some.data(), some.size(), 0); };
  while (!request.ends_with("sealed") && more() > 0)
    request.append(some.data(), static_cast<std::size_t>(count));
  ASSERT_TRUE(request.ends_with("sealed"));
  asker.reset();
  EXPECT_EQ(more(), 0) << "the store sees the end of it";
}

TEST_F(ObjectsTest, SomethingElseThanADoorEndsIt) {
  start();
  ASSERT_TRUE(front_->send(MessageType::kScanAsk, v1::ScanAsk()).has_value());
  EXPECT_EQ(status_.get(), 1);
}

}  // namespace
}  // namespace heyan::egress
