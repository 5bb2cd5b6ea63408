// Requests and answers over real connections.
#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/unit/front/fixture.h"

namespace heyan::front {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

class ExchangeTest : public ServerTest {
 protected:
  void SetUp() override {
    ServerOptions options;
    options.body_bytes = 100'000;
    start(options);
  }
};

TEST_F(ExchangeTest, AnswersManyRequestsOnOneConnection) {
  Client client(port());
  ASSERT_TRUE(client.connected());
  for (int i = 0; i < 5; ++i) {
    const Reply reply = client.ask(post("/echo", std::string(static_cast<std::size_t>(i), 'a')));
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body, std::to_string(i) + " " + std::to_string(i * 'a'));
    EXPECT_FALSE(reply.fields.contains("connection"));
    EXPECT_TRUE(reply.fields.contains("strict-transport-security"));
  }
}

TEST_F(ExchangeTest, AnswersPipelinedRequestsInOrder) {
  Client client(port());
  client.send(post("/echo", "a") + post("/echo", "bb") + chunked("/echo", "3\r\nccc\r\n0\r\n\r\n") +
              get("/peer"));
  EXPECT_EQ(client.receive().body, "1 97");
  EXPECT_EQ(client.receive().body, "2 196");
  EXPECT_EQ(client.receive().body, "3 297");
  EXPECT_EQ(client.receive().body, "public 127.0.0.1 -");
}

TEST_F(ExchangeTest, ReadsARequestByteByByte) {
  Client client(port());
  for (const char c : chunked("/echo", "2\r\nab\r\n1\r\nc\r\n0\r\n\r\n")) {
    client.send(std::string_view(&c, 1));
  }
  EXPECT_EQ(client.receive().body, "3 294");
}

TEST_F(ExchangeTest, StreamsALargeBody) {
  Client client(port());
  const std::string body(3'000'000, '\x01');
  EXPECT_EQ(client.ask(post("/echo?limit=3000000", body)).body, "3000000 3000000");
  std::string coded;
  for (int i = 0; i < 100; ++i) coded += "2710\r\n" + std::string(10'000, '\x01') + "\r\n";
  EXPECT_EQ(client.ask(chunked("/echo?limit=1000000", coded + "0\r\n\r\n")).body,
            "1000000 1000000");
}

TEST_F(ExchangeTest, SaysContinueOnlyToABodyItWants) {
  Client client(port());
  client.send(request("POST /echo", "Content-Length: 2\r\nExpect: 100-continue\r\n"));
  EXPECT_EQ(client.receive().status, 100);
  client.send("ab");
  EXPECT_EQ(client.receive().body, "2 195");
  client.send(request("POST /echo", "Content-Length: 200000\r\nExpect: 100-continue\r\n"));
  EXPECT_EQ(client.receive().status, 413);
  EXPECT_TRUE(client.at_end());
}

// Of a client that is gone nothing says that it is: who wants what it holds does not wait for its
// time to be over.
TEST_F(ExchangeTest, ABodyThatIsWaitedForEndsWhenThatIsAsked) {
  for (const bool tls : {true, false}) {
    handler.stop_bodies = false;
    Client client(port(tls ? "public" : "metrics"), {.tls = tls});
    client.send(request("POST /echo?stop=1", "Content-Length: 10\r\n", "abc"));
    std::this_thread::sleep_for(400ms);
    handler.stop_bodies = true;
    const auto before = std::chrono::steady_clock::now();
    EXPECT_EQ(client.receive().status, 423) << tls;
    EXPECT_LT(std::chrono::steady_clock::now() - before, 5s) << tls;
    EXPECT_TRUE(client.at_end());
  }
}

TEST_F(ExchangeTest, ToBeAskedCostsABodyNothing) {
  for (const bool tls : {true, false}) {
    Client client(port(tls ? "public" : "metrics"), {.tls = tls});
    client.send(request("POST /echo?stop=1", "Content-Length: 6\r\n", "abc"));
    std::this_thread::sleep_for(700ms);  // longer than between two questions
    client.send("abc");
    EXPECT_EQ(client.receive().body, "6 588") << tls;
    // Nor is the next one's handler asked.
    handler.stop_bodies = true;
    EXPECT_EQ(client.ask(post("/echo", "abc")).body, "3 294") << tls;
    handler.stop_bodies = false;
  }
}

// What is a head alone is decided by what stands on the wire: else the connection would be out of
// step.
TEST_F(ExchangeTest, AMethodThatIsMeantOtherwiseIsFramedAsItWasSent) {
  Client client(port());
  EXPECT_EQ(client.ask(post("/peer", "", "X-Meant: HEAD\r\n")).body, "public 127.0.0.1 -");
  EXPECT_EQ(client.ask(get("/peer")).status, 200);
  const std::lock_guard lock(mutex);
  ASSERT_FALSE(answered.empty());
  EXPECT_EQ(answered.front().first, "HEAD");
}

TEST_F(ExchangeTest, AnswersHeadWithoutBody) {
  Client client(port());
  client.send(request("HEAD /peer"));
  const Reply reply = client.receive(true);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.fields.at("content-length"), "18");
  EXPECT_EQ(client.ask(get("/peer")).status, 200);
  client.send(request("HEAD /stream"));
  EXPECT_EQ(client.receive(true).status, 200);
  EXPECT_EQ(client.ask(get("/peer")).status, 200);
}

TEST_F(ExchangeTest, Streams) {
  Client client(port());
  const Reply reply = client.ask(get("/stream"));
  EXPECT_TRUE(reply.complete);
  EXPECT_EQ(reply.body, "data: 1\n\ndata: 2\n\n");
  EXPECT_EQ(client.ask(get("/peer")).status, 200);
}

TEST_F(ExchangeTest, SendsFilesAndCutsThoseThatAreTooShort) {
  const std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("heyan-front-" + std::to_string(::getpid()));
  std::ofstream(path) << std::string(300'000, 'f');
  handler.file = path;
  Client client(port());
  EXPECT_EQ(client.ask(get("/file")).body, std::string(300'000, 'f'));
  const Reply cut = client.ask(get("/short-file"));
  EXPECT_EQ(cut.body.size(), 300'000u);
  EXPECT_FALSE(cut.complete);
  EXPECT_TRUE(client.at_end());
  std::filesystem::remove(path);
}

TEST_F(ExchangeTest, CutsAStreamThatIsNotEnded) {
  Client client(port());
  const Reply reply = client.ask(get("/cut"));
  EXPECT_EQ(reply.status, 200);
  EXPECT_FALSE(reply.complete);
  EXPECT_TRUE(client.at_end());
}

TEST_F(ExchangeTest, ClosesWhenAsked) {
  Client client(port());
  const Reply reply = client.ask(get("/peer", "Connection: close\r\n"));
  EXPECT_EQ(reply.fields.at("connection"), "close");
  EXPECT_TRUE(client.at_end());
}

TEST_F(ExchangeTest, SaysInternalErrorWithoutInternalText) {
  for (const std::string path : {"/none", "/throw", "/split"}) {
    Client client(port());
    const Reply reply = client.ask(get(path, "Accept-Language: en\r\n"));
    EXPECT_EQ(reply.status, 500) << path;
    EXPECT_EQ(reply.fields.at("content-type"), "application/problem+json");
    EXPECT_THAT(reply.body, HasSubstr("Internal error"));
    EXPECT_THAT(reply.body, testing::Not(HasSubstr("internal text")));
    EXPECT_FALSE(reply.fields.contains("set-cookie"));
  }
  EXPECT_THAT(events, testing::ElementsAre("front.handler_failed"));
}

TEST_F(ExchangeTest, AnswersOnce) {
  Client client(port());
  EXPECT_EQ(client.ask(get("/twice")).body, "first");
  EXPECT_EQ(client.ask(get("/peer")).status, 200);
}

TEST_F(ExchangeTest, GivesTheAnswerToAClientThatIsStillSending) {
  Client client(port());
  client.send(request("POST /early", "Content-Length: 50000000\r\n"));
  client.send(std::string(2'000'000, 'x'));
  const Reply reply = client.receive();
  EXPECT_EQ(reply.status, 403);
  EXPECT_EQ(reply.fields.at("connection"), "close");
}

TEST_F(ExchangeTest, KeepsTheConnectionWhereTheUnreadBodyHasArrived) {
  Client client(port());
  const Reply reply = client.ask(post("/early", "small"));
  EXPECT_EQ(reply.status, 403);
  EXPECT_FALSE(reply.fields.contains("connection"));
  EXPECT_EQ(client.ask(get("/peer")).status, 200);
}

TEST_F(ExchangeTest, WorksElsewhereWhileAWorkerIsBusy) {
  ServerOptions options;
  options.io_threads = 1;
  server.reset();
  start(options);
  Client slow(port());
  Client quick(port());
  slow.send(get("/slow"));
  EXPECT_EQ(quick.ask(get("/peer")).status, 200);
  EXPECT_EQ(slow.receive().body, "done");
}

TEST_F(ExchangeTest, WakesWhoWaits) {
  Client client(port());
  client.send(get("/wait"));
  std::this_thread::sleep_for(50ms);
  handler.signal.notify();
  EXPECT_EQ(client.receive().body, "woken");
}

TEST_F(ExchangeTest, ReportsEachAnswer) {
  Client client(port());
  client.ask(get("/peer"));
  client.ask(get("/nothing"));
  client.ask("BAD\r\n\r\n");
  EXPECT_TRUE(client.at_end());
  server->stop(5s);
  EXPECT_THAT(answered, testing::ElementsAre(std::pair("GET", 200), std::pair("GET", 404),
                                             std::pair("", 400)));
}

TEST_F(ExchangeTest, ReportsWhatARequestWasAboutAndNoLaterOne) {
  Client client(port());
  client.ask(get("/named"));
  client.ask(get("/peer"));
  client.ask(get("/stream"));
  server->stop(5s);
  EXPECT_THAT(submissions, testing::ElementsAre("abc", "", ""));
  ASSERT_EQ(sent_bytes.size(), 3u);
  EXPECT_EQ(sent_bytes[0], 5u);
  EXPECT_GT(sent_bytes[2], 0u);
}

// Bodies that are refused, and what the answer is.
struct BadBody {
  std::string what;
  std::string bytes;
  int status;
};
class RefusesBody : public ExchangeTest, public testing::WithParamInterface<BadBody> {};

TEST_P(RefusesBody, AndCloses) {
  Client client(port());
  const Reply reply = client.ask(GetParam().bytes);
  EXPECT_EQ(reply.status, GetParam().status) << GetParam().what;
  EXPECT_EQ(reply.fields.at("connection"), "close");
  EXPECT_TRUE(client.at_end());
}

INSTANTIATE_TEST_SUITE_P(
    All, RefusesBody,
    testing::Values(
        BadBody{"declared too large", post("/echo?limit=9", "0123456789"), 413},
        BadBody{"declared far too large", request("POST /echo", "Content-Length: 99999999999\r\n"),
                413},
        BadBody{"chunks that are too large",
                chunked("/echo?limit=9", "a\r\n0123456789\r\n0\r\n\r\n"), 413},
        BadBody{"many small chunks",
                chunked("/echo?limit=2", "1\r\na\r\n1\r\nb\r\n1\r\nc\r\n0\r\n\r\n"), 413},
        BadBody{"a chunk extension", chunked("/echo", "1;a=b\r\nx\r\n0\r\n\r\n"), 400},
        BadBody{"an extension of the last chunk", chunked("/echo", "1\r\nx\r\n0;a\r\n\r\n"), 400},
        BadBody{"trailers", chunked("/echo", "1\r\nx\r\n0\r\nX-A: b\r\n\r\n"), 400},
        BadBody{"a size that is none", chunked("/echo", "x\r\n"), 400},
        BadBody{"a negative size", chunked("/echo", "-1\r\n"), 400},
        BadBody{"a size with 0x", chunked("/echo", "0x1\r\nx\r\n0\r\n\r\n"), 400},
        BadBody{"a size past 64 bits", chunked("/echo", "11111111111111111\r\n"), 400},
        BadBody{"a chunk that is too short", chunked("/echo", "2\r\nx\r\n0\r\n\r\n"), 400},
        BadBody{"a chunk that is too long", chunked("/echo", "1\r\nxx\r\n0\r\n\r\n"), 400},
        BadBody{"bare line feeds", chunked("/echo", "1\nx\n0\n\n\r\n\r\n"), 400},
        BadBody{"a size line without end", chunked("/echo", std::string(70'000, '0')), 400}));

TEST_F(ExchangeTest, LeavesABodyThatEndsEarly) {
  Client client(port());
  client.send(request("POST /echo", "Content-Length: 10\r\n", "abc"));
  client.shut();
  const Reply reply = client.receive();
  EXPECT_TRUE(reply.status == 400 || reply.status == 0) << reply.status;
  EXPECT_TRUE(client.at_end());
}

class DigestTest : public ExchangeTest {
 protected:
  int status(const std::string& fields, const std::string& body = "abc",
             const std::string& method = "POST") {
    Client client(port());
    const Reply reply = client.ask(
        request(method + " /echo",
                fields + "Content-Length: " + std::to_string(body.size()) + "\r\n", body));
    // Nothing is wrong with the connection.
    EXPECT_EQ(client.ask(get("/peer")).status, 200) << fields;
    return reply.status;
  }

  const std::string sha256 = "sha-256=:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=:";
  const std::string sha512 =
      "sha-512=:3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/"
      "uu9RU1EI2Q86A4qmslPpUyknw==:";
  const std::string other256 = "sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:";
};

TEST_F(DigestTest, ABodyIsTheOneThatIsAnnouncedOrNone) {
  for (const std::string name : {"Content-Digest: ", "Repr-Digest: "}) {
    EXPECT_EQ(status(name + sha256 + "\r\n"), 200) << name;
    EXPECT_EQ(status(name + sha512 + ", " + sha256 + "\r\n"), 200) << name;
    EXPECT_EQ(status(name + other256 + "\r\n"), 400) << name;
    EXPECT_EQ(status(name + sha512 + ", " + other256 + "\r\n"), 400) << name;
    EXPECT_EQ(status(name + sha512 + "\r\n" + name + other256 + "\r\n"), 400) << name;
    EXPECT_EQ(status(name + sha256 + "\r\n", "abd"), 400) << name;
    EXPECT_EQ(status(name + sha256 + "\r\n", ""), 400) << name;
  }
}

TEST_F(DigestTest, OtherAlgorithmsAreLeftAloneAndNothingElseIs) {
  EXPECT_EQ(status("Content-Digest: md5=:AAAA:, sm3=:AAAA:\r\n"), 200);
  for (const std::string wrong : {"sha-256", "sha-256=:AAAA:", "sha-256=abc", "x", "md5=AAAA"}) {
    EXPECT_EQ(status("Content-Digest: " + wrong + "\r\n"), 400) << wrong;
  }
  EXPECT_EQ(status("Content-Digest: " + sha256 + "\r\nContent-Digest: " + sha256 + "\r\n"), 400);
}

// What a PATCH results in is its handler's to compare.
TEST_F(DigestTest, OfAChangeOnlyItsOwnBytesAreCompared) {
  EXPECT_EQ(status("Repr-Digest: " + other256 + "\r\n", "abc", "PATCH"), 200);
  EXPECT_EQ(status("Content-Digest: " + other256 + "\r\n", "abc", "PATCH"), 400);
  EXPECT_EQ(status("X-Meant: PATCH\r\nRepr-Digest: " + other256 + "\r\n"), 200);
}

TEST_F(DigestTest, TheBodyIsComparedAsItIsWithoutItsCoding) {
  Client client(port());
  const std::string fields = "Transfer-Encoding: chunked\r\nContent-Digest: ";
  const std::string coded = "1\r\na\r\n2\r\nbc\r\n0\r\n\r\n";
  EXPECT_EQ(client.ask(request("POST /echo", fields + sha256 + "\r\n", coded)).body, "3 294");
  EXPECT_EQ(client.ask(request("POST /echo", fields + other256 + "\r\n", coded)).status, 400);
}

}  // namespace
}  // namespace heyan::front
