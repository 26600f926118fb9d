export const upload = 'http://deploy.example.com'
