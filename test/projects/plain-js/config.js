const HOST = 'https://api.example.com'
module.exports = {
  HOST,
  UPLOAD: 'https://api.example.com/upload',
  OTHER: 'https://' + 'other.example.com',
}
