// What a box may say of a message, and what it may not.
#include "gateway/ipc/court_message.h"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <thread>

#include "gateway/ipc/frame_limits.h"
#include "gateway/ipc/socket.h"
#include "gateway/os/nameless_file.h"

namespace heyan::ipc {
namespace {

using core::ErrorCode;

class Kept final : public EntryTaker {
 public:
  core::Result<void> begin(std::string_view path) override {
    path_ = path;
    files[path_];
    return {};
  }
  core::Result<void> append(core::ByteView bytes) override {
    files[path_] += core::to_string(bytes);
    return {};
  }
  core::Result<void> finish() override {
    ++finished;
    return {};
  }
  std::map<std::string, std::string> files;
  int finished = 0;

 private:
  std::string path_;
};

// A box that does as it is told; the test asks it to read a message with two parts.
class CourtMessageTest : public testing::Test {
 protected:
  using Box = std::function<void(Channel&)>;

  void with_box(const Box& box, const std::function<void(Doors&)>& work) {
    auto pair = make_pair();
    ASSERT_TRUE(pair.has_value());
    std::jthread parent([&box, end = std::move(pair->b)]() mutable {
      Channel doors(std::move(end), 64);
      auto door = doors.receive_door(within(std::chrono::seconds(20)));
      if (!door) return;
      Channel job(*std::move(door), kBoxFrameBytes);
      auto request = job.receive_with_descriptor<v1::BoxRequest>(MessageType::kBoxRequest,
                                                                 within(std::chrono::seconds(20)));
      if (request) box(job);
    });
    Doors boxes(std::move(pair->a), kBoxFrameBytes);
    work(boxes);
  }

  core::Result<ReadMessage> read(const Box& box, Kept& kept, std::uint64_t most = 100) {
    core::Result<ReadMessage> result = core::fail(ErrorCode::kInternal, "not asked");
    with_box(box, [&](Doors& boxes) {
      v1::CourtMessage message;
      message.set_adapter("tiny");
      message.add_parts()->set_name("a");
      message.add_parts()->set_name("b");
      auto file = os::NamelessFile::create(10);
      ASSERT_TRUE(file.has_value());
      const auto open = std::move(*file).take();
      ASSERT_TRUE(open.has_value());
      result = read_message(
          boxes, open->descriptor().get(), message,
          [&](std::uint32_t part) {
            asked_.push_back(part);
            return os::Descriptor();
          },
          kept, most);
    });
    return result;
  }

  static void say(Channel& job, const v1::BoxAnswer& answer) {
    static_cast<void>(job.send(MessageType::kBoxAnswer, answer));
  }
  static v1::BoxAnswer filing(std::initializer_list<std::uint32_t> parts) {
    v1::BoxAnswer answer;
    answer.mutable_filing()->set_message_id("m");
    for (const std::uint32_t part : parts) {
      v1::WholePart& whole = *answer.mutable_filing()->add_whole_parts();
      whole.set_path("files/" + std::to_string(part));
      whole.set_part(part);
    }
    return answer;
  }
  static v1::BoxAnswer entry(const std::string& path) {
    v1::BoxAnswer answer;
    answer.set_entry(path);
    return answer;
  }
  static v1::BoxAnswer chunk(const std::string& bytes) {
    v1::BoxAnswer answer;
    answer.set_chunk(bytes);
    return answer;
  }
  static v1::BoxAnswer done() {
    v1::BoxAnswer answer;
    answer.mutable_done();
    return answer;
  }
  static v1::BoxAnswer ask_for(std::uint32_t part) {
    v1::BoxAnswer answer;
    answer.set_open_part(part);
    return answer;
  }

  std::vector<std::uint32_t> asked_;
};

TEST_F(CourtMessageTest, AFilingComesWithItsFiles) {
  Kept kept;
  const auto read_it = read(
      [](Channel& job) {
        say(job, filing({1, 0}));
        say(job, entry("case.json"));
        say(job, chunk("{"));
        say(job, chunk("}"));
        say(job, entry("files/x"));
        say(job, done());
      },
      kept);
  ASSERT_TRUE(read_it.has_value());
  EXPECT_EQ(std::get<v1::CourtFiling>(*read_it).whole_parts_size(), 2);
  EXPECT_EQ(kept.files, (std::map<std::string, std::string>{{"case.json", "{}"}, {"files/x", ""}}));
  EXPECT_EQ(kept.finished, 2);
}

TEST_F(CourtMessageTest, APartIsHandedOutWhenItIsAskedFor) {
  Kept kept;
  const auto read_it = read(
      [](Channel& job) {
        say(job, ask_for(1));
        static_cast<void>(job.receive_with_descriptor<v1::PartBytes>(
            MessageType::kPartBytes, within(std::chrono::seconds(20))));
        say(job, filing({}));
        say(job, done());
      },
      kept);
  EXPECT_TRUE(read_it.has_value());
  EXPECT_EQ(asked_, std::vector<std::uint32_t>{1});
}

TEST_F(CourtMessageTest, ARejectionComesWithItsAnswer) {
  Kept kept;
  const auto read_it = read(
      [](Channel& job) {
        v1::BoxAnswer answer;
        answer.mutable_rejection()->mutable_answer()->set_status(422);
        answer.mutable_rejection()->mutable_answer()->set_content_type("text/plain");
        say(job, answer);
      },
      kept);
  ASSERT_TRUE(read_it.has_value());
  EXPECT_EQ(std::get<v1::CourtRejection>(*read_it).answer().status(), 422U);
}

TEST_F(CourtMessageTest, AQuestionIsNoFiling) {
  Kept kept;
  const auto read_it = read(
      [](Channel& job) {
        v1::BoxAnswer answer;
        answer.mutable_question()->set_key("tx");
        say(job, answer);
      },
      kept);
  ASSERT_TRUE(read_it.has_value());
  EXPECT_EQ(std::get<v1::CourtQuestion>(*read_it).key(), "tx");
  EXPECT_TRUE(kept.files.empty());
}

TEST_F(CourtMessageTest, WhatABoxMustNotSayIsNotBelieved) {
  const std::vector<std::pair<std::string, Box>> said = {
      {"nothing", [](Channel&) {}},
      {"a part that is not there", [](Channel& job) { say(job, ask_for(2)); }},
      {"a part as a file that is not there",
       [](Channel& job) {
         say(job, filing({2}));
         say(job, done());
       }},
      {"one part as two files",
       [](Channel& job) {
         say(job, filing({1, 1}));
         say(job, done());
       }},
      {"no end", [](Channel& job) { say(job, filing({})); }},
      {"bytes of no file",
       [](Channel& job) {
         say(job, filing({}));
         say(job, chunk("x"));
       }},
      {"two filings",
       [](Channel& job) {
         say(job, filing({}));
         say(job, filing({}));
       }},
      {"a part asked for too late",
       [](Channel& job) {
         say(job, filing({}));
         say(job, ask_for(1));
       }},
      {"a rejection that is no answer",
       [](Channel& job) {
         v1::BoxAnswer answer;
         answer.mutable_rejection()->mutable_answer()->set_status(99);
         say(job, answer);
       }},
      {"a question without a key",
       [](Channel& job) {
         v1::BoxAnswer answer;
         answer.mutable_question();
         say(job, answer);
       }},
      {"a question too long to be looked up",
       [](Channel& job) {
         v1::BoxAnswer answer;
         answer.mutable_question()->set_key(std::string(kKnownBytes + 1, 'x'));
         say(job, answer);
       }},
      {"more than a filing may name",
       [](Channel& job) {
         v1::BoxAnswer answer = filing({});
         for (int i = 0; i <= kMostKnown; ++i) {
           v1::KnownValue& known = *answer.mutable_filing()->add_known();
           known.set_key("k");
           known.set_value("v");
         }
         say(job, answer);
         say(job, done());
       }},
      {"a remark with a word that is none",
       [](Channel& job) {
         v1::BoxAnswer answer = filing({});
         answer.mutable_filing()->add_remarks()->set_code("Consistent!");
         say(job, answer);
         say(job, done());
       }},
      {"a remark that is a book",
       [](Channel& job) {
         v1::BoxAnswer answer = filing({});
         v1::CourtRemark& remark = *answer.mutable_filing()->add_remarks();
         remark.set_code("a");
         remark.set_detail(std::string(4'097, 'x'));
         say(job, answer);
         say(job, done());
       }},
      {"a name without a value",
       [](Channel& job) {
         v1::BoxAnswer answer = filing({});
         answer.mutable_filing()->add_known()->set_key("k");
         say(job, answer);
         say(job, done());
       }},
      {"the answer to another job",
       [](Channel& job) {
         v1::BoxAnswer answer;
         answer.mutable_submission();
         say(job, answer);
       }},
  };
  for (const auto& [what, box] : said) {
    Kept kept;
    const auto read_it = read(box, kept);
    ASSERT_FALSE(read_it.has_value()) << what;
    EXPECT_EQ(read_it.error().code, ErrorCode::kIo) << what;
  }
}

TEST_F(CourtMessageTest, MoreBytesThanItMayHoldAreRefused) {
  Kept kept;
  const auto read_it = read(
      [](Channel& job) {
        say(job, filing({}));
        say(job, entry("case.json"));
        say(job, chunk(std::string(101, 'x')));
        say(job, done());
      },
      kept);
  ASSERT_FALSE(read_it.has_value());
  EXPECT_EQ(read_it.error().code, ErrorCode::kLimit);
}

TEST_F(CourtMessageTest, AnAnswerIsAnHttpAnswerOfSomeSize) {
  v1::CourtAnswer answer;
  EXPECT_FALSE(is_answer(answer));
  answer.set_status(200);
  EXPECT_FALSE(is_answer(answer));
  for (const std::string& type : {std::string("a/b\r\nset-cookie: c"), std::string("a/\0b", 4),
                                  std::string("a/ü"), std::string(256, 'a')}) {
    answer.set_content_type(type);
    EXPECT_FALSE(is_answer(answer));
  }
  answer.set_content_type("text/xml; charset=utf-8");
  EXPECT_TRUE(is_answer(answer));
  answer.set_status(600);
  EXPECT_FALSE(is_answer(answer));
  answer.set_status(200);
  answer.set_body(std::string(kCourtAnswerBytes + 1, 'x'));
  EXPECT_FALSE(is_answer(answer));
}

}  // namespace
}  // namespace heyan::ipc
