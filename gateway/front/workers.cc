#include "gateway/front/workers.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace heyan::front {
namespace {

Task<void> call(std::move_only_function<void()> job) {
  job();
  co_return;
}

}  // namespace

struct Workers::Pool {
  explicit Pool(std::size_t threads) : threads(threads) {}
  boost::asio::thread_pool threads;
};

Workers::Workers(std::size_t threads) : pool_(std::make_unique<Pool>(threads)) {}
Workers::~Workers() = default;

Task<void> Workers::run_job(std::move_only_function<void()> job) {
  Task<void> called = call(std::move(job));
  co_await boost::asio::co_spawn(pool_->threads.get_executor(), std::move(called),
                                 boost::asio::use_awaitable);
}

void Workers::begin_job(std::move_only_function<void()> job) {
  boost::asio::post(pool_->threads.get_executor(), std::move(job));
}

void Workers::join() { pool_->threads.join(); }

}  // namespace heyan::front
