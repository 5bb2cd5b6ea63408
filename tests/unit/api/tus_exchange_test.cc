// Whoever answers about an upload, and how: the version of the protocol stands in it.
#include "gateway/api/tus_exchange.h"

#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include "gateway/api/answers.h"

namespace heyan::api {
namespace {

using front::Task;

// A request that nobody sent, and what its last answer said.
class Asked final : public front::Exchange {
 public:
  http::Answer last{};
  std::function<bool()> stop_when{};

  const http::RequestHead& head() const override { return head_; }
  const front::Peer& peer() const override { return peer_; }
  front::Workers& workers() override { return workers_; }
  bool stopping() const override { return false; }
  void concerns(std::string /*submission*/) override {}
  void limit_body(std::uint64_t /*bytes*/) override {}
  void stop_body_when(std::function<bool()> asked) override { stop_when = std::move(asked); }
  Task<core::Result<std::size_t>> read_body(std::span<std::uint8_t> /*space*/) override {
    co_return std::size_t{0};
  }
  Task<core::Result<void>> answer(http::Answer answer) override {
    last = std::move(answer);
    co_return core::Result<void>();
  }
  Task<core::Result<void>> answer_file(http::Answer answer, os::Descriptor /*file*/,
                                       std::uint64_t /*offset*/, std::uint64_t /*size*/) override {
    last = std::move(answer);
    co_return core::Result<void>();
  }
  Task<core::Result<void>> begin_stream(http::Answer answer) override {
    last = std::move(answer);
    co_return core::Result<void>();
  }
  Task<core::Result<void>> send(core::ByteView /*piece*/) override {
    co_return core::Result<void>();
  }
  Task<core::Result<void>> end_stream() override { co_return core::Result<void>(); }

 private:
  http::RequestHead head_;
  front::Peer peer_;
  front::Workers workers_{1};
};

class TusExchangeTest : public testing::Test {
 protected:
  template <typename T>
  std::string version_after(Task<T> task) {
    asked_.last = {};
    boost::asio::io_context context;
    auto result = boost::asio::co_spawn(context, std::move(task), boost::asio::use_future);
    context.run();
    result.get();
    const std::string* version = http::find_field(asked_.last.fields, "tus-resumable");
    return version == nullptr ? "none" : *version;
  }

  Asked asked_;
  TusExchange tus_{asked_};
};

TEST_F(TusExchangeTest, EveryAnswerSaysTheVersion) {
  EXPECT_EQ(version_after(tus_.answer({})), "1.0.0");
  EXPECT_EQ(version_after(tus_.answer_file({}, {}, 0, 0)), "1.0.0");
  EXPECT_EQ(version_after(tus_.begin_stream({})), "1.0.0");
}

TEST_F(TusExchangeTest, SoDoRefusalsThatKnowNothingOfIt) {
  EXPECT_EQ(version_after(refuse(tus_, problem_of(http::Problem::kUnauthenticated))), "1.0.0");
  EXPECT_EQ(asked_.last.status, 401);
  EXPECT_EQ(version_after(refuse_method(tus_, "OPTIONS, POST")), "1.0.0");
  EXPECT_EQ(asked_.last.status, 405);
  EXPECT_EQ(version_after(refuse_for_now(tus_, std::chrono::seconds(7))), "1.0.0");
  EXPECT_EQ(asked_.last.status, 429);
}

TEST_F(TusExchangeTest, WhoAsksForABodyToEndIsHeardByTheConnection) {
  tus_.stop_body_when([] { return true; });
  ASSERT_TRUE(asked_.stop_when);
  EXPECT_TRUE(asked_.stop_when());
}

// Whoever answers it, and in the protocol's form where that is asked for.
TEST_F(TusExchangeTest, AKeyThatIsUnderWayIsToldApartFromOneThatWasUsedForSomethingElse) {
  const auto refused_with = [this](std::string_view text) {
    const service::Refused refused{{core::ErrorCode::kDuplicate, text}, {}};
    http::ProblemDocument document = problem_of(refused);
    EXPECT_EQ(document.errors.size(), 1u);
    const std::string code = document.errors.empty() ? "" : document.errors[0].code;
    EXPECT_EQ(version_after(refuse(tus_, std::move(document))), "1.0.0");
    EXPECT_EQ(asked_.last.status, 409);
    const std::string* again = http::find_field(asked_.last.fields, "retry-after");
    return code + " " + (again == nullptr ? "-" : *again);
  };
  EXPECT_EQ(refused_with(service::kUnderWay), "request-under-way 1");
  EXPECT_EQ(refused_with(service::kKeyReused), "idempotency-key-reused -");
}

}  // namespace
}  // namespace heyan::api
