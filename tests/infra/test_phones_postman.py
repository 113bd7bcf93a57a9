"""The phones' postman meets an application that dies while it answers."""

import socket
import threading

from infra.local.phones.postman import Outcome, Postman


def test_an_answer_that_breaks_off_is_no_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def die_while_answering() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65_536)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n")

        dying = threading.Thread(target=die_while_answering)
        dying.start()
        outcome = Postman("invented-token").post(f"http://127.0.0.1:{server.getsockname()[1]}/", {})
        dying.join()
    assert outcome == Outcome(0)
    assert outcome.is_worth_a_retry
