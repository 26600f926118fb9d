export default 'wss://live.example.com:9443/room' as string
