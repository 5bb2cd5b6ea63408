#include "gateway/front/signal.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace heyan::front {

namespace asio = boost::asio;

struct Signal::Waiter {
  explicit Waiter(const asio::any_io_executor& executor) : timer(executor) {}
  asio::steady_timer timer;
};

// Takes the waiter off the list whether its coroutine goes on or is destroyed.
struct Signal::Registration {
  explicit Registration(Signal& owner) : signal(owner) {}
  Registration(const Registration&) = delete;
  Registration& operator=(const Registration&) = delete;
  ~Registration() {
    const std::lock_guard lock(signal.mutex_);
    if (entered) signal.waiters_.erase(place);
  }
  Signal& signal;
  bool entered = false;
  std::list<std::shared_ptr<Waiter>>::iterator place;
};

Signal::Signal() = default;
Signal::~Signal() = default;

std::uint64_t Signal::count() const {
  const std::lock_guard lock(mutex_);
  return count_;
}

void Signal::notify() {
  const std::lock_guard lock(mutex_);
  ++count_;
  // On the waiter's own strand: a timer belongs to one thread at a time, and the wait has begun by
  // then.
  for (const std::shared_ptr<Waiter>& waiter : waiters_) {
    asio::post(waiter->timer.get_executor(), [waiter] { waiter->timer.cancel(); });
  }
}

Task<bool> Signal::wait(std::uint64_t seen, std::chrono::milliseconds longest) {
  const auto executor = co_await asio::this_coro::executor;
  const auto waiter = std::make_shared<Waiter>(executor);
  Registration registration(*this);
  {
    const std::lock_guard lock(mutex_);
    if (count_ != seen) co_return true;
    registration.place = waiters_.insert(waiters_.end(), waiter);
    registration.entered = true;
  }
  waiter->timer.expires_after(longest);
  [[maybe_unused]] const auto [error] =
      co_await waiter->timer.async_wait(asio::as_tuple(asio::use_awaitable));
  co_return count() != seen;
}

}  // namespace heyan::front
