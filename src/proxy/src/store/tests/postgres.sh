# Serves the directory $1 with the program $2. Kills the server and removes the directory once nobody holds the other end of its
# standard input, so that it never outlives the tests that started it.
exec 3<&0
{
    read -r _ <&3
    kill -QUIT $$
    for _ in 1 2 3 4 5 6 7 8 9 10; do kill -0 $$ && sleep 0.1; done
    rm -rf "$1"
} 2>/dev/null &
exec "$2" -D "$1/data" -k "$1" -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
    -c max_connections=200 -c shared_buffers=16MB 3<&- </dev/null
