# shellcheck shell=bash
# The internet around the server: sourced by world.sh, in its folder and its namespaces.
# shellcheck disable=SC2154 # work, packages and the addresses are world.sh's

open_internet() {
    mkdir outside/program
    dpkg-deb -x "$(find "$packages" -name 'optfm_*.deb' | sort -V | head -n 1)" outside/program
    certify
    printf '127.0.0.1 localhost\n%s bot.example.ru\n' "$server_address" >outside/hosts
    mount --bind outside/hosts /etc/hosts
    start_authority
    # Messengers' deliveries trust the public authorities and nobody else.
    (cd outside && SSL_CERT_FILE=$work/outside/public.pem exec program/usr/lib/optfm/optfm sandbox --port 8099) >outside/sandbox.log 2>&1 </dev/null &
    serve_names
    until_answers http://127.0.0.1:8099/sandbox
}

# Two authorities as in life: a public one, and the one that MAX alone is signed by and no system trusts.
certify() {
    authority ministry "Russian Trusted Root CA (test)"
    authority public "Public authority (test)"
    certificate max ministry platform-api2.max.ru
    certificate others public api.telegram.org acme-v02.api.letsencrypt.org gu-st.ru localhost
}

# authority FILE NAME
authority() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj "/CN=$2" \
        -keyout "outside/$1.key" -out "outside/$1.pem" 2>/dev/null
}

# certificate FILE AUTHORITY NAMES…
certificate() {
    local file=outside/$1 by=outside/$2 alternatives
    shift 2
    alternatives=$(printf ',DNS:%s' "$@")
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -keyout "$file.key" -out "$file.csr" 2>/dev/null
    openssl x509 -req -in "$file.csr" -CA "$by.pem" -CAkey "$by.key" -CAcreateserial -days 20 -out "$file.pem" \
        -extfile <(echo "subjectAltName=${alternatives#,}") 2>/dev/null
}

# Pebble, the ACME server that Let's Encrypt gives out for tests; like the real one it looks at port 80 of the name.
# https://github.com/letsencrypt/pebble
start_authority() {
    cat >outside/pebble.json <<'JSON'
{"pebble": {"listenAddress": "127.0.0.1:14000", "managementListenAddress": "127.0.0.1:15000", "certificate": "others.pem",
  "privateKey": "others.key", "httpPort": 80, "tlsPort": 443, "ocspResponderURL": "", "externalAccountBindingRequired": false}}
JSON
    (cd outside && PEBBLE_VA_NOSLEEP=1 PEBBLE_WFE_NONCEREJECT=0 exec pebble -config pebble.json) >outside/pebble.log 2>&1 </dev/null &
    until_answers https://127.0.0.1:15000/roots/0
    curl -sk https://127.0.0.1:15000/roots/0 >>outside/public.pem
}

# site NAME CERTIFICATE LOCATIONS: something at its real name, on port 443.
site() {
    echo "server { listen $internet_address:443 ssl; server_name $1; ssl_certificate $2.pem; ssl_certificate_key $2.key; $3 }"
}

serve_names() {
    # shellcheck disable=SC2016 # nginx's variables
    {
        echo 'user root; daemon off; pid nginx.pid; error_log nginx.log; events {} http { access_log off; proxy_read_timeout 120s;'
        site platform-api2.max.ru max 'location / { proxy_pass http://127.0.0.1:8099/max/; }'
        site api.telegram.org others 'location / { proxy_pass http://127.0.0.1:8099/telegram/; }'
        site acme-v02.api.letsencrypt.org others 'proxy_set_header Host $host; location / { proxy_pass https://127.0.0.1:14000; }
            location = /directory { proxy_pass https://127.0.0.1:14000/dir; }'
        # Where the ministry publishes its root certificate.
        site gu-st.ru others "location / { root $work/outside; try_files /ministry.pem =404; }"
        # Somebody who tries doors: goes on to the server from an address of his own.
        echo "server { listen $internet_address:80; server_name scanner.test; proxy_connect_timeout 2s; proxy_bind $scanner_address;
            location / { proxy_pass https://$server_address; proxy_set_header Host bot.example.ru; proxy_ssl_server_name on; proxy_ssl_name bot.example.ru; }
            location /port/9000 { proxy_pass http://$server_address:9000/; } }"
        # The hand that moves the fakes: what customers write, and what they were answered.
        echo "server { listen $internet_address:80; server_name sandbox.test; location / { proxy_pass http://127.0.0.1:8099; } } }"
    } >outside/nginx.conf
    PATH=$PATH:/usr/sbin nginx -p "$work/outside" -c "$work/outside/nginx.conf" >>outside/nginx.log 2>&1 </dev/null &
}

until_answers() {
    local turn
    for ((turn = 0; turn < 600; turn++)); do
        if curl -sko /dev/null "$1"; then return; fi
        sleep 0.1
    done
    tail -n 50 outside/*.log
    return 1
}
